// Printing: what stands at the head of each page, and whether tables and assumptions come as an appendix.
import { button, h } from "./dom";
import { t } from "./i18n";
import { fileDate } from "./repeat";

const quoted = (text: string) => `"${text.replace(/["\\]/g, "\\$&").replace(/[\r\n\f]+/g, " ")}"`;
let rule: CSSPageRule | null = null;

/** Puts a heading and page numbers on printed pages. Browsers that know no boxes in margins print without. */
export function preparePrint(heading: string): void {
  const sheet = document.styleSheets[0];
  try {
    for (let k = sheet.cssRules.length - 1; k >= 0; --k) if (sheet.cssRules[k] === rule) sheet.deleteRule(k);
    const at = sheet.insertRule(`@page { @top-left { content: ${quoted(heading)}; } @top-right { content: ${quoted(fileDate())}; } @bottom-center { content: counter(page) " / " counter(pages); } }`, sheet.cssRules.length);
    rule = sheet.cssRules[at] as CSSPageRule;
  } catch {
    rule = null;
  }
}

// Drawings are as wide as the window; on paper they are scaled to what there is.
window.addEventListener("beforeprint", () => {
  for (const svg of document.querySelectorAll(".chart svg")) {
    const width = svg.getAttribute("width"), height = svg.getAttribute("height");
    if (width && height) svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }
});
window.addEventListener("afterprint", () => { for (const svg of document.querySelectorAll(".chart svg")) svg.removeAttribute("viewBox"); });

export function printControls(): HTMLElement {
  const box = h("input", { type: "checkbox", id: "appendix" }) as HTMLInputElement;
  box.addEventListener("change", () => document.documentElement.classList.toggle("with-appendix", box.checked));
  document.documentElement.classList.remove("with-appendix");
  return h("span", { class: "print-controls" }, button(t("print"), () => window.print()), h("label", {}, box, " ", t("appendix")));
}
