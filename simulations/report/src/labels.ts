// Names beside marks, each where it covers no other name, mark or line; one that stands away from its mark has a line to it.
import { font } from "./charts";

export interface Rect { x: number; y: number; width: number; height: number }
export type Point = [number, number];
export interface Segment { from: Point; to: Point }
/** A mark with its name; an empty name is not drawn, and the mark still is in the way. */
export interface Mark { at: Point; size: number; lines: string[] }
export interface Placed { box: Rect; leader: Segment | null }

export const covers = (a: Rect, b: Rect) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const wider = (r: Rect, by: number): Rect => ({ x: r.x - by, y: r.y - by, width: r.width + 2 * by, height: r.height + 2 * by });
const within = (r: Rect, all: Rect) => r.x >= all.x && r.y >= all.y && r.x + r.width <= all.x + all.width && r.y + r.height <= all.y + all.height;

/** Whether a segment touches a box: what is left of it between the box's four sides (Liang and Barsky, 1984). */
export function touches({ from, to }: Segment, box: Rect): boolean {
  const dx = to[0] - from[0], dy = to[1] - from[1];
  let enters = 0, leaves = 1;
  for (const [p, q] of [[-dx, from[0] - box.x], [dx, box.x + box.width - from[0]], [-dy, from[1] - box.y], [dy, box.y + box.height - from[1]]]) {
    if (p === 0 && q < 0) return false;
    if (p < 0) enters = Math.max(enters, q / p);
    if (p > 0) leaves = Math.min(leaves, q / p);
  }
  return enters <= leaves;
}
/** Whether two segments cross. */
export function cross(a: Segment, b: Segment): boolean {
  const side = (s: Segment, p: Point) => Math.sign((s.to[0] - s.from[0]) * (p[1] - s.from[1]) - (s.to[1] - s.from[1]) * (p[0] - s.from[0]));
  return side(a, b.from) * side(a, b.to) < 0 && side(b, a.from) * side(b, a.to) < 0;
}
/** The point of a box that is nearest to another. */
const nearest = (box: Rect, [x, y]: Point): Point => [Math.min(Math.max(x, box.x), box.x + box.width), Math.min(Math.max(y, box.y), box.y + box.height)];

/** Where the corner of a box may lie seen from the middle of its mark, the nearest first; at the right is best, then at the left. */
function offsets(width: number, height: number): [number, number, number][] {
  const out: [number, number, number][] = [];
  for (let x = -200 - width; x <= 200; x += 8) {
    for (let y = -168 - height / 2; y <= 168; y += 6) {
      const to = nearest({ x, y, width, height }, [0, 0]);
      out.push([x, y, Math.hypot(...to) + 0.1 * Math.abs(y + height / 2) + (x < -width / 2 ? 3 : x < 0 ? 6 : 0)]);
    }
  }
  return out.sort((a, b) => a[2] - b[2]);
}

/**
 * A place for the name of each mark: the nearest that covers nothing, or else the one that covers least. What is placed first stands in
 * the way of what follows, so each is tried again when all have a place.
 * \param sizes   of the names; one without width is not placed
 * \param inside  where names may stand
 * \param lines   what they must not lie over, besides marks and each other
 */
export function place(marks: Mark[], sizes: { width: number; height: number }[], inside: Rect, lines: Segment[]): (Placed | null)[] {
  const boxes = marks.map(({ at, size }) => wider({ x: at[0] - size / 2, y: at[1] - size / 2, width: size, height: size }, 3));
  const placed: (Placed | null)[] = marks.map(() => null);
  const known = new Map<string, [number, number, number][]>();
  const tried = (width: number, height: number) => {
    const key = `${width} ${height}`;
    if (!known.has(key)) known.set(key, offsets(width, height));
    return known.get(key)!;
  };
  for (let round = 0; round < 3; ++round) {
    marks.forEach(({ at, size }, k) => {
      const { width, height } = sizes[k];
      if (width === 0) return;
      const others = placed.filter((other, n): other is Placed => n !== k && other !== null);
      let least = Infinity;
      for (const [dx, dy, away] of tried(width, height)) {
        if (away >= least) break;
        const box = { x: at[0] + dx, y: at[1] + dy, width, height };
        if (!within(box, inside)) continue;
        const to = nearest(box, at), leader = Math.hypot(to[0] - at[0], to[1] - at[1]) - size / 2 > 9 ? { from: at, to } : null;
        let cost = away;
        for (const other of others) {
          if (covers(wider(box, 1), other.box)) cost += 3000;
          if (leader && touches(leader, other.box)) cost += 3000;
          if (other.leader && touches(other.leader, box)) cost += 3000;
          if (leader && other.leader && cross(leader, other.leader)) cost += 500;
          if (cost >= least) break;
        }
        for (let n = 0; n < boxes.length && cost < least; ++n) if (covers(box, boxes[n])) cost += 2000;
        for (let n = 0; n < lines.length && cost < least; ++n) if (touches(lines[n], box)) cost += 1000;
        if (cost < least) [least, placed[k]] = [cost, { box, leader }];
      }
    });
  }
  return placed;
}

const fontSize = 12, lineHeight = 15;
let canvas: CanvasRenderingContext2D | null = null;
function sizeOf(lines: string[]): { width: number; height: number } {
  canvas ??= document.createElement("canvas").getContext("2d");
  if (canvas) canvas.font = `${fontSize}px ${font}`;
  const wide = (line: string) => canvas?.measureText(line).width ?? fontSize * line.length;
  return { width: Math.ceil(Math.max(0, ...lines.map(wide))), height: lineHeight * lines.length };
}

type Api = { coord: (p: Point) => Point; getWidth: () => number };
/**
 * A series of ECharts that draws the names of other series' marks; the last of its drawing.
 * \param at     any point of the drawing's data
 * \param marks  marks in the order in which names are placed, and lines between points, where they lie on the drawing
 */
export function names(at: Point, marks: (coord: (p: Point) => Point, width: number) => { marks: Mark[]; lines: Segment[] }): object {
  return {
    type: "custom", silent: true, z: 5, data: [at],
    renderItem: ({ coordSys }: { coordSys: Rect }, api: Api) => {
      const { marks: all, lines } = marks(api.coord, api.getWidth());
      const { x, y, height } = coordSys;
      const placed = place(all, all.map((mark) => sizeOf(mark.lines)), { x: x + 2, y: y - 14, width: api.getWidth() - x - 3, height: height + 12 }, lines);
      const drawn = placed.flatMap((one, k) => (one === null ? [] : [
        ...(one.leader ? [{ type: "line", z2: 0, shape: { x1: one.leader.from[0], y1: one.leader.from[1], x2: one.leader.to[0], y2: one.leader.to[1] }, style: { stroke: "#78828d", lineWidth: 1 } }] : []),
        ...all[k].lines.map((text, n) => ({ type: "text", z2: 1, x: one.box.x, y: one.box.y + lineHeight * (n + 0.5),
          style: { text, fontSize, fontFamily: font, fill: "#1d2530", stroke: "#fff", lineWidth: 2, verticalAlign: "middle" } })),
      ]));
      return { type: "group", children: drawn };
    },
  };
}
