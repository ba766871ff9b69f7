/** The scenarios that ship, as the page needs them: counties, and ready policies that extend one of them. */
import type { Both } from "./types";
import { of } from "./words";

/** \param extends  the scenario it is made of; "" of a county, also of one that is made of another's rules and has tables of its own */
export interface Shipped { id: string; extends: string; title: Both; about: Both; keys: string[] }

/** What a scenario's file says of itself and sets; the module reads the file in full. */
function read(name: string, text: string): Shipped {
  const said = (key: string) => new RegExp(`^${key} = "(.*)"`, "m").exec(text)?.[1] ?? "";
  const keys: string[] = [];
  let table = "";
  for (const line of text.split("\n")) {
    const head = /^\[([^\]"]+)\]/.exec(line), set = /^([\w.-]+)\s*=/.exec(line);
    if (head) table = head[1];
    else if (set && table && !/^(scenario|provenance)(\.|$)/.test(table)) keys.push(`${table}.${set[1]}`);
  }
  const made = keys.includes("county.units") ? "" : /^extends = "(.*)"/m.exec(text)?.[1] ?? "";
  return { id: name.replace(/\.toml$/, ""), extends: made, keys,
    title: [said("title_en") || name, said("title_zh") || name], about: [said("about_en"), said("about_zh")] };
}

export class Shelf {
  readonly all: Shipped[];
  constructor(texts: [string, string][]) {
    this.all = texts.filter(([name]) => name.endsWith(".toml")).map(([name, text]) => read(name, text));
  }
  /** One more, or another of the same name. */
  bring(name: string, text: string): void {
    const one = read(name, text), at = this.all.findIndex((s) => s.id === one.id);
    this.all.splice(at < 0 ? this.all.length : at, at < 0 ? 0 : 1, one);
  }
  of(id: string): Shipped | undefined { return this.all.find((s) => s.id === id); }
  /** The scenario that extends none, of which this one is made. */
  county(id: string): string {
    const one = this.of(id);
    return one?.extends ? this.county(one.extends) : id;
  }
  counties(): Shipped[] { return this.all.filter((s) => !s.extends); }
  /** Ready policies of a county, by title. */
  ready(county: string): Shipped[] { return this.all.filter((s) => s.extends && this.county(s.id) === county).sort((a, b) => of(a.title).localeCompare(of(b.title), "zh")); }
  /** All that a ready policy sets, beside its county. */
  keys(id: string): string[] {
    const one = this.of(id);
    return one?.extends ? [...new Set([...this.keys(one.extends), ...one.keys])] : [];
  }
}
