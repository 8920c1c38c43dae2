import { existsSync } from "node:fs";
import sparticuz from "@sparticuz/chromium";
import { chromium, type Browser } from "playwright-core";

const INSTALLED = [
  "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Without these, the browser looks for its maker's hosts at every start. */
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Made for a cloud that has one process: there a page that ends takes the browser with it. */
const TOGETHER = ["--single-process", "--no-zygote"];

/** The one that all files of this worker share; it ends with the worker. */
let running: Browser | undefined;

/**
 * CHROMIUM_PATH; else the one from the registry, which is the same everywhere and, without a window, takes 24 s where an installed
 * one takes 40; else an installed Chrome or Chromium; null, said in a line, where none starts. `more` arguments count where it is
 * not running yet.
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser | null> {
  if (running?.isConnected()) return running;
  const given = process.env["CHROMIUM_PATH"];
  const tried: string[] = [];
  const ways = [
    { find: () => Promise.resolve(given), args: QUIET },
    { find: () => sparticuz.executablePath(), args: [...sparticuz.args.filter((arg) => !TOGETHER.includes(arg)), ...QUIET] },
    { find: () => Promise.resolve(INSTALLED.find((file) => existsSync(file))), args: QUIET },
  ];
  for (const { find, args } of given ? ways.slice(0, 1) : ways) {
    try {
      const executablePath = await find();
      if (!executablePath) continue;
      running = await chromium.launch({ executablePath, args: [...args, ...more] });
      return running;
    } catch (error) {
      tried.push((error as Error).message.split("\n")[0] ?? "");
    }
  }
  console.log(`没有能用的浏览器，跳过浏览器测试。${tried.join("；")}`);
  return null;
}
