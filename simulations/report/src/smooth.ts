// A line through scattered points: straight lines fitted to what lies near (Cleveland 1979).

/** Value of the line at each of `at`; `near` is the share of points that count at a place. */
export function smooth(points: [number, number][], at: number[], near = 0.6): number[] {
  const count = Math.min(points.length, Math.max(8, Math.ceil(near * points.length)));
  return at.map((x0) => {
    const away = points.map(([x]) => Math.abs(x - x0)).sort((a, b) => a - b);
    const reach = (away[count - 1] ?? 0) * 1.0001 || 1;
    let s0 = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (const [x, y] of points) {
      const u = Math.abs(x - x0) / reach;
      if (u >= 1) continue;
      const weight = (1 - u ** 3) ** 3, d = x - x0;
      s0 += weight; sx += weight * d; sy += weight * y; sxx += weight * d * d; sxy += weight * d * y;
    }
    const det = s0 * sxx - sx * sx;
    return det > 1e-9 * s0 * sxx ? (sxx * sy - sx * sxy) / det : s0 > 0 ? sy / s0 : NaN;
  });
}
