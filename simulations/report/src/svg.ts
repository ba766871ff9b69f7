/** Elements of drawings, as `h` makes those of pages; texts are never read as markup. */
type Child = Node | string | null | Child[];
export function s(tag: string, attributes: Record<string, string | number> = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  const add = (child: Child): void => {
    if (Array.isArray(child)) child.forEach(add);
    else if (child !== null) element.append(child);
  };
  children.forEach(add);
  return element;
}
/** What the pointer is told of a shape. */
export const told = (text: string): SVGElement => s("title", {}, text);

/** Characters of full width take two places. */
const places = (text: string) => [...text].reduce((sum, c) => sum + (c.codePointAt(0)! > 0x2e80 ? 2 : 1), 0);
/** A text in lines of at most so many places, broken between Chinese characters or at blanks; nothing is left out. */
export function linesOf(text: string, most: number): string[] {
  const out: string[] = [];
  let line = "";
  for (const piece of text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/gu) ?? []) {
    if (line && places(line + piece.trimEnd()) > most) {
      out.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  if (line.trim()) out.push(line.trimEnd());
  return out.length > 0 ? out : [""];
}
