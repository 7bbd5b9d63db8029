// The program, serving the sample archive, and a browser with a fresh profile.

import { chromium } from "playwright-core";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const program = process.env.SHUKACH || join(root, "target/debug/shukach");
const folder = mkdtempSync(join(tmpdir(), "shukach-browser-"));
const environment = { ...process.env, SHUKACH_NO_CONFIG: "1", LANG: "C" };

/** Indexes the sample archive and serves it; returns the address of the page. */
export async function serve() {
  const index = join(folder, "index");
  // Two lines of it are broken on purpose.
  try {
    execFileSync(program, ["index", join(root, "tests/archive"), "--index", index, "--quiet"], { env: environment, stdio: "ignore" });
  } catch (error) {
    if (error.status !== 3) throw error;
  }
  const server = spawn(program, ["serve", "--index", index, "--listen", "127.0.0.1:0", "--log", "none"], { env: environment });
  const address = await new Promise((found, failed) => {
    server.stderr.once("data", (told) => found(/http:\S+/.exec(String(told))[0].replace(/\/$/, "")));
    server.stderr.resume();
    server.on("exit", () => failed(new Error("the server has ended")));
  });
  return { address, stop: () => server.kill("SIGTERM") };
}

/** Starts the browser. */
export function launch() {
  return chromium.launchPersistentContext(join(folder, `profile-${Math.random()}`), {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    locale: "uk-UA",
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
  });
}

/** Removes what the tests have left. */
export function tidy() {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
