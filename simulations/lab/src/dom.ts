/** Makes elements; texts are never read as HTML. */
type Child = Node | string | null | undefined | false | Child[];
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string | (() => void) | undefined> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== undefined) element.setAttribute(name, value);
  }
  append(element, children);
  return element;
}
export function append(element: Element, child: Child): void {
  if (Array.isArray(child)) child.forEach((c) => append(element, c));
  else if (child) element.append(child);
}
export function svg(tag: string, attributes: Record<string, string | number>, ...children: SVGElement[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element as SVGElement;
}
/** Puts new children in place of the old. The focus stays where it was, by `id` or `data-focus`, with what is half typed there; what was
 * unfolded stays so, by `id`. */
export function replace(element: Element, ...children: Child[]): void {
  const active = document.activeElement as HTMLElement | null;
  const name = active && element.contains(active) ? active.id || active.dataset.focus : undefined;
  const typed = name && active instanceof HTMLInputElement && !["checkbox", "file"].includes(active.type) ? active.value : null;
  const unfolded = [...element.querySelectorAll("details[open]")].map((d) => d.id);
  element.replaceChildren();
  append(element, children);
  for (const id of unfolded) element.querySelector(`details[id="${CSS.escape(id)}"]`)?.setAttribute("open", "");
  if (!name) return;
  const found = element.querySelector(`[id="${CSS.escape(name)}"],[data-focus="${CSS.escape(name)}"]`) as HTMLElement | null;
  if (found?.tabIndex === -1) found.tabIndex = 0;
  found?.focus({ preventScroll: true });
  if (typed !== null && found instanceof HTMLInputElement) found.value = typed;
}
export function field(label: string, control: HTMLElement, hint = ""): HTMLElement {
  return h("label", { class: "field" }, h("span", {}, label), control, hint ? h("small", {}, hint) : null);
}
export function select(id: string, options: [string, string][], value: string, change: (value: string) => void): HTMLSelectElement {
  const element = h("select", { id }, options.map(([v, text]) => h("option", v === value ? { value: v, selected: "" } : { value: v }, text)));
  element.addEventListener("change", () => change(element.value));
  return element;
}
export function download(name: string, content: BlobPart, type: string): void {
  const link = h("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
