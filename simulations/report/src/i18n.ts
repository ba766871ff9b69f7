// Texts in the language of the page, with Chinese punctuation.
import type { Lang } from "./data";
import { texts } from "./words";

const han = "\\u2e80-\\u9fff\\uf900-\\ufaff\\u3001-\\u301f\\uff00-\\uff60“”‘’";
const beside = new RegExp(`(?<=[${han}0-9A-Za-z%])([,:;?!])\\s?(?=[${han}])|(?<=[${han}])([,:;?!])\\s?`, "g");
const inBrackets = new RegExp(`\\s?\\(([^()]*)\\)`, "g");
const anyHan = new RegExp(`[${han}]`);
const wide: Record<string, string> = { ",": "，", ":": "：", ";": "；", "?": "？", "!": "！" };
/** Chinese punctuation in a Chinese text (GB/T 15834): commas, colons, semicolons and brackets of full width beside Chinese characters. */
export function fullWidth(text: string): string {
  if (!anyHan.test(text)) return text;
  const stops = text.replace(beside, (_, a?: string, b?: string) => wide[(a ?? b)!]);
  return stops.replace(inBrackets, (whole, inside: string, at: number) => {
    const around = stops[at - 1] ?? "", after = stops[at + whole.length] ?? "";
    return anyHan.test(inside) || anyHan.test(around) || anyHan.test(after) ? `（${inside}）` : whole;
  });
}

export type Key = keyof typeof texts;
let lang: Lang = "zh";
export const setLang = (l: Lang) => { lang = l; };
export const getLang = () => lang;
export function t(key: Key, fill: Record<string, string | number> = {}): string {
  const text: string = texts[key][lang === "zh" ? 1 : 0];
  // What is filled in is taken as it is: a name may hold what looks like a place for another.
  const filled = text.replace(/\{(\w+)\}/g, (place, name: string) => (name in fill ? String(fill[name]) : place));
  return lang === "zh" ? fullWidth(filled) : filled;
}
export const has = (key: string): key is Key => Object.prototype.hasOwnProperty.call(texts, key);
/** The text for a word of the results, `kind_` + county; the word itself where it is none of ours. */
export const called = (group: string, word: string) => (has(group + word) ? t((group + word) as Key) : word);
export const pick = (label: { en: string; zh: string }) => (lang === "zh" ? fullWidth(label.zh || label.en) : label.en || label.zh);
export const title = (p: { title_en: string; title_zh: string; id: string }) => {
  const text = (lang === "zh" ? p.title_zh : p.title_en) || p.id;
  return lang === "zh" ? fullWidth(text) : text;
};
