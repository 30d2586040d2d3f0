/// <reference types="vitest/config" />
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig(({ mode }) => ({
  base: "/static/app/",
  plugins: [svelte()],
  // Vitest runs components in jsdom and needs the browser's half of Svelte.
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  build: {
    manifest: "manifest.json",
    outDir: "../platform/hemicycle/static/app",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: "es2022",
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ["src/pages/room.ts", "src/pages/facilitator.ts", "src/pages/plenary.ts"],
      // Svelte's custom elements define a class when they are read; no screen of ours uses one.
      treeshake: { moduleSideEffects: (id) => !id.endsWith("/dom/elements/custom-element.js") },
    },
  },
  test: { testTimeout: 20_000, include: ["tests/**/*.test.ts"], onConsoleLog: () => true },
}));
