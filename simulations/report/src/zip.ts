// An archive of parts that are stored as they are: what .xlsx and .docx files are made of (APPNOTE 6.3).
export type Part = { name: string; text: string };

const table = (() => {
  const out = new Uint32Array(256);
  for (let n = 0; n < 256; ++n) {
    let c = n;
    for (let k = 0; k < 8; ++k) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    out[n] = c >>> 0;
  }
  return out;
})();
function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const b of bytes) c = table[(c ^ b) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
/** Numbers of 2 and 4 bytes, the lowest first. */
function numbers(...fields: [number, 2 | 4][]): Uint8Array {
  const out: number[] = [];
  for (const [value, size] of fields) for (let k = 0; k < size; ++k) out.push((value >>> (8 * k)) & 0xff);
  return Uint8Array.from(out);
}

export function zip(parts: Part[]): Uint8Array {
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  const day = (0 << 9) | (1 << 5) | 1; // 1980-01-01: the same table is the same file
  for (const part of parts) {
    const name = encoder.encode(part.name), data = encoder.encode(part.text);
    const common: [number, 2 | 4][] = [[20, 2], [0x0800, 2], [0, 2], [0, 2], [day, 2], [crc32(data), 4], [data.length, 4], [data.length, 4], [name.length, 2], [0, 2]];
    const head = numbers([0x04034b50, 4], ...common);
    directory.push(numbers([0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name);
    pieces.push(head, name, data);
    offset += head.length + name.length + data.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [parts.length, 2], [parts.length, 2], [size, 4], [offset, 4], [0, 2]);
  const all = [...pieces, ...directory, end];
  const out = new Uint8Array(all.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of all) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
