// The site as a host would serve it, and pages of it in Chromium.

import assert from "node:assert/strict";
import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

export const [check, build] = process.argv.slice(2);
export const EDITION = "machine-learning-systems-design.html";
export const PAGES = [
    "index.html",
    "introduction.html",
    "project-setup.html",
    "project-setup/goals.html",
    "data-pipeline/labels.html",
    "modeling/scaling.html",
    "serving/rollout.html",
    "case-studies.html",
    "practice.html",
    "questions.html",
    "questions/card-fraud.html",
    "glossary.html",
    "resources.html",
    "contribute.html",
];
export const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1366, height: 900 } };
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json" };

export let browser;
export let host;

function launch() {
    const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
    assert.ok(executablePath, "no Chromium");
    return chromium.launch({
        executablePath,
        args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
}

// Below the address that book.toml gives it, where its 404 page looks, and at
// the top.
const BASE = "/mdbook-booklet/";

function serve(folder) {
    const server = createServer((request, response) => {
        // A browser asks for it unasked.
        if (request.url === "/favicon.ico") {
            response.writeHead(204).end();
            return;
        }
        const { pathname } = new URL(request.url, "http://x");
        const below = pathname.startsWith(BASE) ? pathname.slice(BASE.length) : pathname;
        const path = join(folder, normalize(decodeURIComponent(below)));
        if (!existsSync(path) || !statSync(path).isFile()) {
            response.writeHead(404).end();
            return;
        }
        response.writeHead(200, {
            "content-type": TYPES[extname(path)] ?? "application/octet-stream",
            "content-length": statSync(path).size,
            "last-modified": statSync(path).mtime.toUTCString(),
        });
        if (request.method === "HEAD") response.end();
        else createReadStream(path).pipe(response);
    });
    return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

// Runs with a browser and, if there is a build, its site.
export async function withSite(run) {
    browser = await launch();
    try {
        if (!build) return;
        const server = await serve(join(build, "html"));
        host = `127.0.0.1:${server.address().port}`;
        await run();
        server.close();
    } finally {
        await browser.close();
    }
}

// All pages of the site, without the edition that lies beside them.
export function allPages() {
    const files = readdirSync(join(build, "html"), { recursive: true }).map((path) => path.replaceAll("\\", "/"));
    return files.filter((path) => path.endsWith(".html") && path !== EDITION).sort();
}

// Opens each page at each size in each color scheme.
export async function eachPage(look, options = {}) {
    for (const [name, viewport] of Object.entries(SIZES)) {
        for (const colorScheme of ["light", "dark"]) {
            const context = await browser.newContext({ viewport, colorScheme, ...options });
            for (const path of [...PAGES, `${EDITION}`]) {
                const page = await context.newPage();
                const trouble = [];
                page.on("console", (message) => message.type() === "error" && trouble.push(message.text()));
                page.on("pageerror", (error) => trouble.push(String(error)));
                page.on("requestfailed", (request) => trouble.push(`failed: ${request.url()}`));
                page.on("request", (request) => {
                    const url = new URL(request.url());
                    if (url.protocol !== "data:" && url.host !== host) trouble.push(`another host: ${url}`);
                });
                await page.goto(`http://${host}/${path}`);
                await look(page, `${path} (${name}, ${colorScheme})`, trouble);
                await page.close();
            }
            await context.close();
        }
    }
}

// A page of the site, which must make no error.
export async function open(path, { script, size = "desktop", ...options } = {}) {
    const context = await browser.newContext({ viewport: SIZES[size], ...options });
    if (script) await context.addInitScript(script);
    const page = await context.newPage();
    page.on("pageerror", (error) => assert.fail(`${path}: ${error}`));
    await page.goto(`http://${host}/${path}`);
    return page;
}
