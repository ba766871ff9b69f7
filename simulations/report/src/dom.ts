/** A small helper to make elements; texts are never read as HTML. */
type Child = Node | string | null | undefined | Child[];
export function h(tag: string, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const add = (child: Child): void => {
    if (Array.isArray(child)) child.forEach(add);
    else if (child !== null && child !== undefined) element.append(child);
  };
  children.forEach(add);
  return element;
}
export function section(id: string, heading: string, note: string, ...children: Child[]): HTMLElement {
  return h("section", { id }, h("h2", {}, heading), note ? h("p", { class: "note" }, note) : null, ...children);
}
export function select(options: [string, string][], value: string, change: (value: string) => void): HTMLSelectElement {
  const element = h("select", {}, options.map(([id, text]) => h("option", id === value ? { value: id, selected: "" } : { value: id }, text))) as HTMLSelectElement;
  element.addEventListener("change", () => change(element.value));
  return element;
}
