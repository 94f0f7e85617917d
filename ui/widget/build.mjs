// Builds dist/: the panel and the languages under names with their digests, and the loader that knows name and digest
// of the panel.
// `node build.mjs DIR` builds into another folder, which is how a test proves that dist/ is what the source says.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "dist"));

const minifiedCss = {
  name: "css as text, minified",
  setup(building) {
    building.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

async function bundle(entry, define = {}) {
  const built = await build({
    absWorkingDir: here, entryPoints: [`src/${entry}.ts`], bundle: true, minify: true, write: false, format: "iife",
    target: ["es2022"], charset: "utf8", legalComments: "none", plugins: [minifiedCss], define,
  });
  return Buffer.from(built.outputFiles[0].contents);
}

// 256 bits, not the 384 that a page may pin: the loader carries one, and has 4 KiB.
const digest = (code) => "sha256-" + createHash("sha256").update(code).digest("base64");
const short = (code) => createHash("sha256").update(code).digest("hex").slice(0, 12);

const files = {};
const languages = {};
for (const name of readdirSync(join(here, "src/strings")).filter((name) => name.endsWith(".json")).sort()) {
  const body = Buffer.from(JSON.stringify(JSON.parse(readFileSync(join(here, "src/strings", name), "utf8"))));
  const code = name.slice(0, -".json".length);
  const file = `strings-${code}-${short(body)}.json`;
  files[file] = body;
  languages[code] = [file, digest(body)];
}

const licences = "/*! Footnote, Apache-2.0. With marked (MIT) and DOMPurify (Apache-2.0 or MPL-2.0). */\n";
const panel = Buffer.concat([Buffer.from(licences), await bundle("panel", { LANGUAGES: JSON.stringify(languages) })]);
const panelName = `panel-${short(panel)}.js`;
files[panelName] = panel;
files["loader.js"] = await bundle("loader", {
  PANEL_FILE: JSON.stringify(panelName),
  PANEL_INTEGRITY: JSON.stringify(digest(panel)),
});
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const [name, body] of Object.entries(files)) writeFileSync(join(out, name), body);
