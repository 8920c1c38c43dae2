import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const folder = new URL("./", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");
const sheets = readdirSync(folder).filter((name) => name.endsWith(".css"));
const tokens = read("tokens.css");

/** What pages load: all of them the first, those of the desk the second too, single pages one of the others. */
const entries = ["styles.css", "desk.css", "course.css", "guide.css", "house-grid.css", "map.css", "my-ballot.css", "read-aloud.css", "trend.css", "works.css"];
const importedBy = (entry: string) => [...read(entry).matchAll(/@import "\.\/([\w-]+\.css)" layer\(\w+\);/g)].map(([, name]) => name ?? "");

function declarations(block: string): Map<string, string> {
  return new Map([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name ?? "", value ?? ""]));
}

const light = declarations(/:root,\s*\.sheet \{([^}]*)\}/.exec(tokens)?.[1] ?? "");
const dark = new Map([...light, ...declarations(/screen and \(prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}/.exec(tokens)?.[1] ?? "")]);
const elder = new Map([...light, ...declarations(/^html\[data-view="elder"\] \{([^}]*)\}/m.exec(tokens)?.[1] ?? "")]);

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(theme: Map<string, string>, front: string, back: string): number {
  const [bright = 0, dim = 0] = [theme.get(`--${front}`) ?? "", theme.get(`--${back}`) ?? ""]
    .map(luminance)
    .sort((one, other) => other - one);
  return (bright + 0.05) / (dim + 0.05);
}

/** Every text colour with every ground that it stands on. */
const pairs: Readonly<Record<string, readonly string[]>> = {
  ink: ["paper", "card", "shade", "jade-soft", "amber-soft", "brick-soft", "blue-soft", "ground", "wall-2"],
  paper: ["ink"],
  "ink-2": ["paper", "card"],
  jade: ["paper", "card", "shade"],
  "jade-deep": ["paper", "card", "shade", "jade-soft", "ground"],
  "on-jade": ["jade", "jade-deep"],
  amber: ["amber-soft", "card", "paper"],
  brick: ["brick-soft", "card", "paper"],
  "on-brick": ["brick"],
  blue: ["blue-soft", "card", "paper"],
};

describe.each([
  ["light", light],
  ["dark", dark],
] as const)("a reader in the %s theme", (_, theme) => {
  it.each(Object.entries(pairs).flatMap(([front, backs]) => backs.map((back) => [front, back] as const)))(
    "reads %s on %s at 7:1 or better",
    (front, back) => {
      expect(contrast(theme, front, back)).toBeGreaterThanOrEqual(7);
    },
  );

  it.each([
    ["edge", "card"],
    ["edge", "paper"],
    ["focus", "paper"],
    ["focus", "card"],
    ["jade", "shade"],
    ["jade", "shaft"],
  ])("sees the line %s on %s at 3:1 or better", (front, back) => {
    expect(contrast(theme, front, back)).toBeGreaterThanOrEqual(3);
  });
});

describe("the styles", () => {
  it("colour text with tokens that are checked above, and with nothing else", () => {
    const allowed = new Set([...Object.keys(pairs).map((name) => `var(--${name})`), "var(--tone)", "inherit"]);
    for (const name of sheets) {
      const used = [...read(name).matchAll(/(?<![\w-])color:\s*([^;]+);/g)].map(([, value]) => value);
      expect(used.filter((value) => !allowed.has(value ?? "")), name).toEqual([]);
    }
  });

  it("give every tone a text colour and the ground that it was checked on", () => {
    for (const [, front, back] of read("badge.css").matchAll(/--tone: var\(--([\w-]+)\);\s*--tone-soft: var\(--([\w-]+)\)/g)) {
      expect(pairs[front ?? ""]).toContain(back);
    }
  });

  it("keep colours in the tokens: elsewhere only the black and white of print", () => {
    for (const name of sheets.filter((sheet) => sheet !== "tokens.css" && sheet !== "print.css")) {
      const literal = [...read(name).matchAll(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/gi)].map(([value]) => value);
      expect(literal.filter((value) => value !== "#ffffff" && value !== "#000000"), name).toEqual([]);
    }
  });

  it("use only properties that some sheet defines", () => {
    const all = sheets.map(read).join("\n");
    const defined = new Set([...all.matchAll(/(--[\w-]+):/g)].map(([, name]) => name));
    const used = new Set([...all.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
    expect([...used].filter((name) => !defined.has(name))).toEqual([]);
  });

  it("are all imported, each into a layer, print last", () => {
    expect([...importedBy("styles.css"), ...importedBy("desk.css")].sort()).toEqual(sheets.filter((name) => !entries.includes(name)).sort());
    expect(read("styles.css")).toMatch(/^@layer tokens, base, components, print;/);
  });

  it("need no web font and no !important", () => {
    const all = sheets.map(read).join("\n");
    expect(all).not.toMatch(/@font-face|!important|url\(/);
  });

  it("stay small: a public page loads under 40 kB before the minifier, its print styles with it; the desk 24 kB besides", () => {
    const shipped = (entry: string) =>
      [entry, ...importedBy(entry)].map(read).join("").replaceAll(/\/\*[^*]*\*\//g, "").replaceAll(/\s+/g, " ").replaceAll(/ ?([{}:;,]) ?/g, "$1");
    expect(shipped("styles.css").length).toBeLessThan(40_000);
    expect(shipped("desk.css").length).toBeLessThan(24_000);
  });
});

describe("a page of errors, which loads no sheet", () => {
  it("has the colours of all others", () => {
    const page = read("../http/plain-page.server.ts");
    for (const [theme, roots] of [[light, /color-scheme:light dark;([^}]*)\}/], [dark, /prefers-color-scheme:dark\)\{:root\{([^}]*)\}/]] as const) {
      const own = declarations(`${roots.exec(page)?.[1] ?? ""};`);
      expect(own.size).toBe(6);
      for (const [name, value] of own) expect(luminance(value), name).toBe(luminance(theme.get(name) ?? ""));
    }
  });
});

describe("the elder view", () => {
  it("starts at 24 px, grows to 30 px and has targets of 60 px; the normal view has 18 px and 48 px", () => {
    expect(light.get("--root")).toBe("112.5%");
    expect(light.get("--target")).toBe("48px");
    expect(elder.get("--root")).toBe("clamp(150%, 120% + 0.6vw, 187.5%)");
    expect(elder.get("--target")).toBe("60px");
    expect(Number(elder.get("--leading"))).toBeGreaterThanOrEqual(1.5);
  });

  it("has no text smaller than its body", () => {
    for (const size of ["--small", "--text", "--lead", "--section", "--title", "--first"]) {
      expect(parseFloat(elder.get(size) ?? "0"), size).toBeGreaterThanOrEqual(1);
    }
  });
});
