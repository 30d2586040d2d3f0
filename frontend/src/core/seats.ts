// Where people sit in the one drawing of the product: many (twin of `plenary/core/seats.py`) or a room of a few.

export type Place = readonly [x: number, y: number];
export type Hall = {
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly seats: readonly Place[];
};

const WIDTH = 800;
const INNER = 0.38;
const WIDEST_STEP = 5;

/** The half circle for so many seats, left to right; coordinates to a tenth. */
export function hall(count: number): Hall {
  const rows = Math.max(3, Math.round(Math.sqrt(count / 2.6)));
  const pad = Math.max(8, WIDTH / 2 / (rows * 2.7));
  const outer = WIDTH / 2 - pad;
  const radii = Array.from({ length: rows }, (_, row) => outer * (INNER + ((1 - INNER) * row) / (rows - 1)));
  const counts = seatsPerRow(count, radii);
  const pitch = Math.min(...radii.map((radius, row) => (Math.PI * radius) / Math.max(1, counts[row] ?? 0) / 2));
  const dot = Math.min(pitch * 0.82, 26);
  const placed = radii.flatMap((radius, row) =>
    Array.from({ length: counts[row] ?? 0 }, (_, index) => ({ angle: angleOf(index, counts[row] ?? 0), radius })),
  );
  placed.sort((a, b) => rounded(b.angle, 9) - rounded(a.angle, 9) || b.radius - a.radius);
  const seats = placed.map(({ angle, radius }): Place => {
    return [rounded(WIDTH / 2 + radius * Math.cos(angle), 1), rounded(outer + pad - radius * Math.sin(angle), 1)];
  });
  return { width: WIDTH, height: rounded(outer + pad + dot + 4, 1), radius: rounded(dot, 1), seats };
}

function seatsPerRow(count: number, radii: readonly number[]): number[] {
  const total = radii.reduce((sum, radius) => sum + radius, 0);
  const counts = radii.map((radius) => Math.floor((count * radius) / total));
  let row = radii.length - 1;
  for (let rest = count - counts.reduce((sum, each) => sum + each, 0); rest > 0; rest -= 1) {
    counts[row] = (counts[row] ?? 0) + 1;
    row = row ? row - 1 : radii.length - 1;
  }
  return counts;
}

function angleOf(index: number, count: number): number {
  return count === 1 ? Math.PI / 2 : Math.PI * (1 - index / (count - 1));
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

export type Arch = { readonly width: number; readonly height: number; readonly radius: number; readonly seats: readonly Place[] };

/** A flat arch for a room: even steps across, so that names never touch and a few people do not sit worlds apart. */
export function arch(count: number, width: number, height: number, radius: number): Arch {
  const side = Math.max(radius + 10, 28);
  const step = count > 1 ? Math.min((width - 2 * side) / (count - 1), WIDEST_STEP * radius) : 0;
  const half = (step * (count - 1)) / 2;
  const lift = height - 2 * radius - 46;
  const base = height - radius - 26;
  const seats = Array.from({ length: count }, (_, index): Place => {
    const x = width / 2 - half + index * step;
    const across = (x - width / 2) / (half + radius);
    return [rounded(x, 1), rounded(base - lift * Math.sqrt(Math.max(0, 1 - across * across)), 1)];
  });
  return { width, height, radius, seats };
}

/** Path of an arc from the top, clockwise, over this share of a circle. */
export function arcPath(x: number, y: number, radius: number, share: number): string {
  const angle = -Math.PI / 2 + 2 * Math.PI * Math.min(Math.max(share, 0), 0.999);
  const large = share > 0.5 ? 1 : 0;
  return `M ${x} ${y - radius} A ${radius} ${radius} 0 ${large} 1 ${x + radius * Math.cos(angle)} ${y + radius * Math.sin(angle)}`;
}
