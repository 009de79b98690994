// What a reader sees, in Chromium. `node browser.mjs CHECK BUILD` runs one
// check on a built booklet and fails with what is wrong; `--probe` tells whether
// a browser is there.

import assert from "node:assert/strict";
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

const [check, build] = process.argv.slice(2);
const EDITION = "machine-learning-systems-design.html";
const PAGES = [
    "index.html",
    "introduction.html",
    "project-setup.html",
    "project-setup/goals.html",
    "data-pipeline/labels.html",
    "modeling/scaling.html",
    "serving/rollout.html",
    "case-studies.html",
    "questions.html",
    "questions/card-fraud.html",
    "glossary.html",
    "resources.html",
    "contribute.html",
];
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1366, height: 900 } };
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

function launch() {
    const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
    assert.ok(executablePath, "no Chromium");
    return chromium.launch({
        executablePath,
        args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
}

// The site, as a host would serve it.
function serve(folder) {
    const server = createServer((request, response) => {
        // A browser asks for it unasked.
        if (request.url === "/favicon.ico") {
            response.writeHead(204).end();
            return;
        }
        const path = join(folder, normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)));
        if (!existsSync(path) || !statSync(path).isFile()) {
            response.writeHead(404).end();
            return;
        }
        response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
        createReadStream(path).pipe(response);
    });
    return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

// Opens each page at each size in each color scheme.
async function eachPage(look, options = {}) {
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

const checks = {
    async fits() {
        await eachPage(async (page, where) => {
            const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
            assert.ok(content <= window, `${where}: ${content} px of content in ${window} px`);
        });
    },

    async quiet() {
        await eachPage(async (page, where, trouble) => {
            await page.waitForLoadState("networkidle");
            assert.deepEqual(trouble, [], where);
        });
    },

    async folded() {
        const page = await browser.newPage();
        await page.goto(`http://${host}/questions/card-fraud.html`);
        const answer = page.locator("details.booklet-answer").first();
        const heading = answer.locator("h3").first();
        assert.ok(!(await heading.isVisible()), "an answer is open");
        await answer.locator("summary").click();
        assert.ok(await heading.isVisible(), "an answer does not open");
        await page.goto(`http://${host}/questions/house-prices.html`);
        const invitation = page.getByRole("link", { name: "Write an answer" });
        assert.match(await invitation.getAttribute("href"), /^https:\/\/github\.com\/.*\/new\/main\/book\/answers\/house-prices\?/);
    },

    async numbers() {
        const page = await browser.newPage({ viewport: SIZES.desktop });
        await page.goto(`http://${host}/data-pipeline/labels.html`);
        assert.equal(await page.locator("main h1").innerText(), "2.3 Labels");
        assert.match(await page.title(), /^2\.3 Labels/);
        assert.equal((await page.locator(".sidebar a.active").innerText()).trim(), "2.3 Labels");
        await page.goto(`http://${host}/data-pipeline.html`);
        assert.equal(await page.locator("main h1").innerText(), "Step 2: Data pipeline");
        assert.equal(await page.locator("main a", { hasText: /^2\.3 Labels$/ }).count(), 1);
        await page.goto(`http://${host}/${EDITION}`);
        const entry = page.locator("nav.contents a", { hasText: /^2\.3 Labels$/ });
        const id = (await entry.getAttribute("href")).slice(1);
        assert.equal(await page.locator(`[id="${id}"]`).innerText(), "2.3 Labels");
    },

    // From the disk, without script: all images are there, all links lead on.
    async edition() {
        const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
        const page = await context.newPage();
        const requests = [];
        page.on("request", (request) => requests.push(request.url()));
        await page.goto(pathToFileURL(join(build, "print", EDITION)).href);
        assert.deepEqual(requests.slice(1).filter((url) => !url.startsWith("data:")), []);
        const found = await page.evaluate(() => ({
            broken: [...document.images].filter((image) => !image.complete || image.naturalWidth === 0).length,
            images: document.images.length,
            dead: [...document.querySelectorAll("a[href^='#']")].map((a) => a.getAttribute("href")).filter((href) => !document.getElementById(decodeURIComponent(href.slice(1)))),
            ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
        }));
        assert.ok(found.images > 0 && found.broken === 0, `${found.broken} of ${found.images} images are broken`);
        assert.deepEqual(found.dead, []);
        assert.equal(new Set(found.ids).size, found.ids.length, "an id is there twice");
    },

    // By axe-core: the edition, and on the site what mdBook has not made.
    async accessible() {
        await eachPage(async (page, where) => {
            await page.evaluate(axe.source);
            const violations = await page.evaluate(async (ours) => {
                const parts = document.querySelector("body > .cover") ? [document] : [...document.querySelectorAll(ours)];
                if (parts.length === 0) return [];
                const { violations } = await axe.run({ include: parts });
                return violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].html.slice(0, 200)}`);
            }, "main [class^='booklet-']");
            assert.deepEqual(violations, [], where);
        });
    },

    // WCAG 2.2, 1.4.3: 4.5 to 1 for text.
    async contrast() {
        await eachPage(async (page, where) => {
            const poor = await page.evaluate(() => {
                const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
                const rgba = (color) => {
                    canvas.clearRect(0, 0, 1, 1);
                    canvas.fillStyle = color;
                    canvas.fillRect(0, 0, 1, 1);
                    return [...canvas.getImageData(0, 0, 1, 1).data];
                };
                const light = ([r, g, b]) => {
                    const linear = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
                    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
                };
                const behind = (element) => {
                    for (let e = element; e; e = e.parentElement) {
                        const color = rgba(getComputedStyle(e).backgroundColor);
                        if (color[3] === 255) return color;
                    }
                    return [255, 255, 255, 255];
                };
                const bad = [];
                const ours = ".booklet-resources *, .booklet-about *, .booklet-answer *, .booklet-questions *, .booklet-steps figcaption, body > .cover *, body > main *, .contents *";
                for (const element of document.querySelectorAll(ours)) {
                    const text = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
                    if (!text || element.closest("svg, .hljs") || !element.checkVisibility()) continue;
                    const [a, b] = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
                    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                    if (ratio < 4.5) bad.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}: ${element.textContent.slice(0, 40)}`);
                }
                return bad.slice(0, 5);
            });
            assert.deepEqual(poor, [], where);
        });
    },
};

const browser = await launch();
let host;
try {
    if (check !== "--probe") {
        const server = await serve(join(build, "html"));
        host = `127.0.0.1:${server.address().port}`;
        await checks[check]();
        server.close();
    }
} finally {
    await browser.close();
}
