import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { arch, hall, type Hall } from "../src/core/seats";

const vectors = join(import.meta.dirname, "../../tests/exchanges/seats.json");

describe("the hemicycle", () => {
  test.each([1, 2, 7, 45, 200, 705])("seats all of %i inside the drawing, left to right", (count) => {
    const { width, height, radius, seats } = hall(count);
    expect(seats.length).toBe(count);
    expect(seats.every(([x, y]) => x >= radius && x <= width - radius && y >= radius && y <= height - radius)).toBe(true);
  });

  test.runIf(existsSync(vectors))("is the one Python draws", () => {
    const recorded = JSON.parse(readFileSync(vectors, "utf8")) as { halls: Record<string, Hall> };
    for (const [count, expected] of Object.entries(recorded.halls)) expect(hall(Number(count))).toEqual(expected);
  });
});

test("people of a room sit on an arch, evenly, with room for their names", () => {
  const { seats, height, radius } = arch(8, 360, 122, 17);
  expect(seats.length).toBe(8);
  const steps = seats.slice(1).map(([x], i) => x - (seats[i]?.[0] ?? 0));
  expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(0.3);
  expect(seats.every(([, y]) => y >= radius && y <= height - radius - 20)).toBe(true);
});
