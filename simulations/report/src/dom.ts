/** A small helper to make elements; texts are never read as HTML. */
export type Child = Node | string | null | undefined | Child[];
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
  return h("section", { id, "aria-labelledby": `${id}-heading` }, h("h2", { id: `${id}-heading` }, heading), note ? h("p", { class: "note" }, note) : null, ...children);
}
export function select(options: [string, string][], value: string, change: (value: string) => void): HTMLSelectElement {
  const element = h("select", {}, options.map(([id, text]) => h("option", id === value ? { value: id, selected: "" } : { value: id }, text))) as HTMLSelectElement;
  element.addEventListener("change", () => change(element.value));
  return element;
}
export function button(text: string, press: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  const element = h("button", { type: "button", ...attributes }, text) as HTMLButtonElement;
  element.addEventListener("click", press);
  return element;
}
/** A box that scrolls sideways by itself, reached by keyboard too. */
export function scroller(label: string, attributes: Record<string, string>, ...children: Child[]): HTMLElement {
  return h("div", { ...attributes, class: `scroll ${attributes.class ?? ""}`.trim(), tabindex: "0", role: "group", "aria-label": label }, ...children);
}
/** What stands behind a summary; it is made when it is first opened, or printed open. */
export function details(summary: string, make: () => Child): HTMLDetailsElement {
  const element = h("details", {}, h("summary", {}, summary)) as HTMLDetailsElement;
  const fill = () => { if (element.open && element.childElementCount === 1) element.append(h("div", {}, make())); };
  element.addEventListener("toggle", fill);
  return element;
}

type Waiting = { place: HTMLElement; make: () => HTMLElement | null };
let waiting: Waiting[] = [];
let observer: IntersectionObserver | null = null;
let pump = 0;

/** A section that these results have nothing for goes, and the link to it. */
function leaveOut(place: HTMLElement): void {
  document.querySelector(`nav a[href="#${place.id}"]`)?.parentElement?.remove();
  place.remove();
}
function build(one: Waiting): void {
  const at = waiting.indexOf(one);
  if (at < 0) return;
  waiting.splice(at, 1);
  observer?.unobserve(one.place);
  try {
    const made = one.make();
    if (made) one.place.replaceWith(made);
    else leaveOut(one.place);
  } catch (error) { // one section that cannot be drawn keeps no other from it
    leaveOut(one.place);
    window.setTimeout(() => { throw error; });
  }
}
/** Makes all that was put off: before printing, or when somebody searches the page. */
export function buildAll(): void {
  while (waiting.length) build(waiting[0]);
}
function buildWhenIdle(): void {
  window.clearTimeout(pump);
  pump = window.setTimeout(() => {
    if (waiting.length === 0) return;
    build(waiting[0]);
    buildWhenIdle();
  }, 30);
}
/** Forgets what was put off, before another page is made. */
export function forgetLater(): void {
  waiting = [];
  window.clearTimeout(pump);
  observer?.disconnect();
  observer = typeof IntersectionObserver === "undefined" ? null : new IntersectionObserver((seen) => {
    for (const entry of seen) {
      if (!entry.isIntersecting) continue;
      const one = waiting.find((w) => w.place === entry.target);
      if (one) build(one);
    }
  }, { rootMargin: "600px" });
}
/** A section that is made when it is nearly seen, or when there is nothing else to do: the first screen stands at once. */
export function later(id: string, heading: string, make: () => HTMLElement | null): HTMLElement {
  const place = h("section", { id, class: "later", "aria-busy": "true", "aria-label": heading }, h("h2", {}, heading));
  waiting.push({ place, make });
  observer?.observe(place);
  buildWhenIdle();
  return place;
}
window.addEventListener("beforeprint", buildAll);
