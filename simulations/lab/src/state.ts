/** What the user has chosen: a county, two policies, how many replications. It travels in the fragment of the page's address. */
/** `base`: the scenario that ships of which it is made; empty for the county's own. */
export interface Policy { title: string; base: string; settings: Map<string, string> }
export interface State {
  scenario: string; replications: number; seed: string; start: string; end: string; compared: boolean; lang: number;
  policies: [Policy, Policy];
}

/** Every Wednesday in place of the 15th, for a county that has no ready policies. */
export const everyWednesday = () => new Map(["principal", "linked_leader"].flatMap((kind): [string, string][] => [
  [`session.${kind}.recur`, "FREQ=WEEKLY;BYDAY=WE"], [`session.${kind}.on_rest_day`, "skip"],
]));
/** The question that the page opens with: every Wednesday in place of the 15th. */
export function fresh(): State {
  return {
    scenario: "xiapu-2022", replications: 200, seed: "", start: "", end: "", compared: true, lang: 1,
    policies: [{ title: "", base: "", settings: new Map() }, { title: "", base: "wednesday", settings: new Map() }],
  };
}

/** The scenario that a policy is made of. */
export const baseOf = (s: State, p: Policy) => p.base || s.scenario;

const plain = (text: string) => text.replace(/[\r\n\u2028\u2029]+/g, " ");

/** What the module is asked for: a line for each thing. */
export function request(s: State, ledger: string, skipBad = true): string {
  const lines = [`replications ${s.replications}`];
  if (ledger) lines.push(`cases ${ledger}`, ...(skipBad ? ["skip-bad"] : []));
  s.policies.slice(0, s.compared ? 2 : 1).forEach((p, k) => {
    lines.push(`policy ${plain(baseOf(s, p))}`, `id ${k === 0 ? "A" : "B"}`);
    if (p.title) lines.push(`title ${plain(p.title)}`);
    for (const setting of settingsOf(s, p)) lines.push(`set ${plain(setting)}`);
  });
  return lines.join("\n");
}
/** All settings of a policy, as `--set` of the program takes them. */
export function settingsOf(s: State, p: Policy): string[] {
  const out: string[] = [];
  if (s.seed) out.push(`scenario.seed=${s.seed}`);
  if (s.start) out.push(`scenario.start=${s.start}`);
  if (s.end) out.push(`scenario.end=${s.end}`);
  for (const [key, value] of p.settings) out.push(`${key}=${value}`);
  return out;
}
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
/** The same question for the program, on a command line. */
export function command(s: State): string {
  const common: string[] = [];
  if (s.seed) common.push(`scenario.seed=${s.seed}`);
  if (s.start) common.push(`scenario.start=${s.start}`);
  if (s.end) common.push(`scenario.end=${s.end}`);
  const own = (p: Policy) => [...p.settings].map(([key, value]) => `${key}=${value}`);
  const a = own(s.policies[0]), b = own(s.policies[1]);
  const end = ` --replications ${s.replications}`;
  const [one, other] = s.policies.map((p) => baseOf(s, p));
  if (!s.compared) return `sifang run ${one}${[...common, ...a].map((x) => ` --set ${quoted(x)}`).join("")}${end}`;
  if (a.length > 0 || (b.length > 0 && one !== other)) return `sifang compare A.toml B.toml${end}`;
  return `sifang compare ${one}${one === other ? "" : ` ${other}`}${common.map((x) => ` --common ${quoted(x)}`).join("")}${b.length ? ` --set ${quoted(b.join(" && "))}` : ""}${end}`;
}

export function toFragment(s: State): string {
  const value = [s.scenario, s.replications, s.seed, s.start, s.end, s.compared ? 1 : 0, s.lang, s.policies.map((p) => [p.title, ...[...p.settings].map(([k, v]) => `${k}=${v}`)]), s.policies.map((p) => p.base)];
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  let binary = "";
  for (const b of bytes) binary += String.fromCharCode(b);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
/** What a fragment says, or nothing where it is none of ours; what stands in it is checked as if it was typed. */
export function fromFragment(text: string): State | null {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const [scenario, replications, seed, start, end, compared, lang, policies, bases = ["", ""]] = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (![scenario, seed, start, end].every((x) => typeof x === "string") || !Array.isArray(policies) || policies.length !== 2) return null;
    if (!Array.isArray(bases) || bases.length !== 2 || !bases.every((x) => typeof x === "string")) return null;
    const read = (list: unknown, base: string): Policy => {
      if (!Array.isArray(list) || !list.every((x) => typeof x === "string")) throw new Error();
      const settings = new Map<string, string>();
      for (const one of list.slice(1) as string[]) settings.set(one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1));
      return { title: list[0] as string, base, settings };
    };
    const count = Number(replications);
    if (!Number.isInteger(count) || count < 1 || count > mostReplications) return null;
    return { scenario, replications: count, seed, start, end, compared: compared === 1, lang: lang === 0 ? 0 : 1, policies: [read(policies[0], bases[0]), read(policies[1], bases[1])] };
  } catch {
    return null;
  }
}
export const mostReplications = 100000;
