// Whether everybody can read it: by axe-core, by keyboard, and with the settings
// of those who want less motion or colors of their own.

import assert from "node:assert/strict";
import axe from "axe-core";
import { EDITION, SIZES, allPages, browser, eachPage, host, open } from "./site.mjs";

// What a theme cannot mend. The contents as a page of its own are a frame for
// readers without script, inside a landmark and below a heading of the page.
const MDBOOKS = { "toc.html": ["landmark-one-main", "page-has-heading-one", "region"] };

// What the scheme changes is color alone.
const COLORS = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };

async function violations(page, options) {
    const found = await page.evaluate((options) => axe.run({ resultTypes: ["violations"], ...options }), options);
    return found.violations.map(({ id, nodes }) => ({ id, shown: `${id} (${nodes.length}): ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}` }));
}

// Each thing that takes the focus, told by an attribute of its own.
function mark() {
    const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [tabindex]");
    const takes = [...all].filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }));
    takes.forEach((element, i) => element.setAttribute("data-stop", i));
    return takes.map((element) => element.outerHTML.slice(0, 150));
}

// Which one has the focus, and whether that is seen: by an outline, or in a
// drawing by another stroke than without.
function focused() {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const drawn = element.querySelector?.("rect");
    const stroke = drawn && getComputedStyle(drawn).strokeWidth;
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    return { stop: element.dataset?.stop, seen: outlined || stroke === "3px", html: element.outerHTML.slice(0, 150) };
}

export const access = {
    // All pages, in light and dark, on phone and desktop; mdBook's own parts too.
    async accessible() {
        const unused = new Set(Object.entries(MDBOOKS).flatMap(([path, ids]) => ids.map((id) => `${path} ${id}`)));
        for (const [name, viewport] of Object.entries(SIZES)) {
            const context = await browser.newContext({ viewport, reducedMotion: "reduce" });
            // The page for printing asks for a printer.
            await context.addInitScript(() => (window.print = () => {}));
            const queue = [...allPages(), EDITION];
            const look = async () => {
                const page = await context.newPage();
                for (let path = queue.shift(); path; path = queue.shift()) {
                    await page.emulateMedia({ colorScheme: "light" });
                    await page.goto(`http://${host}/${path}`);
                    await page.evaluate(axe.source);
                    const light = await violations(page, {});
                    await page.emulateMedia({ colorScheme: "dark" });
                    // mdBook's script follows the scheme; these two have none.
                    if (path !== EDITION && path !== "toc.html") await page.waitForFunction(() => document.documentElement.classList.contains("navy"));
                    const found = [...light, ...(await violations(page, COLORS))];
                    const bad = found.filter(({ id }) => !MDBOOKS[path]?.includes(id));
                    assert.deepEqual(bad.map(({ shown }) => shown), [], `${path} (${name})`);
                    for (const { id } of found) unused.delete(`${path} ${id}`);
                }
            };
            await Promise.all([look(), look()]);
            await context.close();
        }
        assert.deepEqual([...unused], [], "mdBook has mended what is excused");
    },

    // Tab leads to everything, and where it is shows.
    async keyboard() {
        for (const size of Object.keys(SIZES)) {
            for (const path of ["index.html", "data-pipeline/labels.html", "questions/card-fraud.html", "questions.html", "practice.html", "404.html"]) {
                const page = await open(path, { size });
                // Some controls come with the load.
                await page.waitForLoadState("networkidle");
                const stops = await page.evaluate(mark);
                assert.ok(stops.length > 10, `${path}: ${stops.length} stops`);
                const reached = new Set();
                for (let i = 0; i < stops.length + 5; i++) {
                    await page.keyboard.press("Tab");
                    const { stop, seen, html } = await page.evaluate(focused);
                    if (stop === undefined) continue;
                    assert.ok(seen, `${path} (${size}): the focus is not seen on ${html}`);
                    reached.add(Number(stop));
                }
                const missed = stops.filter((_, i) => !reached.has(i));
                assert.deepEqual(missed, [], `${path} (${size})`);
                await page.context().close();
            }
        }
        // The sidebar opens and closes by keyboard, and says which.
        const page = await open("index.html", { size: "phone" });
        const toggle = page.getByRole("button", { name: "Toggle Table of Contents" });
        const contents = page.getByRole("navigation", { name: "Table of contents" });
        for (const open of ["true", "false"]) {
            await toggle.press("Enter");
            assert.equal(await toggle.getAttribute("aria-expanded"), open);
            assert.equal(await contents.isVisible(), open === "true");
            await contents.waitFor({ state: open === "true" ? "visible" : "hidden" });
        }
        // A filter, an answer and a round of practice without the mouse.
        await page.goto(`http://${host}/questions.html`);
        await page.getByLabel("Level").focus();
        await page.keyboard.type("easy");
        assert.match(page.url(), /\?level=easy$/);
        await page.goto(`http://${host}/questions/card-fraud.html`);
        await page.locator(".booklet-answer summary").first().press("Enter");
        assert.ok(await page.locator(".booklet-answer h3").first().isVisible());
    },

    // Who wants less motion gets none; who has colors of one's own sees with them
    // what a background or a border would say.
    async settings() {
        const still = await open("index.html", { reducedMotion: "reduce" });
        for (const path of ["index.html", "practice.html", "data-pipeline/labels.html"]) {
            await still.goto(`http://${host}/${path}`);
            const moving = await still.evaluate(() =>
                [...document.querySelectorAll("*")]
                    .filter((element) => ["", "::before", "::after"].some((part) => {
                        const style = getComputedStyle(element, part || null);
                        return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none" || style.scrollBehavior === "smooth";
                    }))
                    .map((element) => element.outerHTML.slice(0, 100)),
            );
            assert.deepEqual(moving, [], path);
        }
        const forced = await open("data-pipeline/labels.html", { forcedColors: "active" });
        const color = (locator, property) => locator.evaluate((element, property) => getComputedStyle(element)[property], property);
        const steps = forced.getByRole("navigation", { name: "The steps" }).locator("ol a");
        assert.notEqual(await color(steps.nth(1), "borderTopColor"), await color(steps.nth(0), "borderTopColor"));
        await forced.goto(`http://${host}/index.html`);
        const step = forced.locator(".booklet-steps-figure a").first();
        assert.equal(await color(step.locator("text"), "fill"), await color(forced.locator("main p a").last(), "color"));
        await forced.keyboard.press("Tab");
        assert.ok((await forced.evaluate(focused)).seen);
        await forced.goto(`http://${host}/resources.html#resource-rules-of-ml`);
        const entries = forced.locator(".booklet-resources li");
        const target = entries.filter({ has: forced.locator("#resource-rules-of-ml") });
        assert.notEqual(await color(target, "borderLeftColor"), await color(entries.first(), "borderLeftColor"));
        await forced.goto(`http://${host}/practice.html`);
        await forced.getByRole("button", { name: "Draw a question" }).click();
        const notes = forced.locator(".booklet-notes li");
        assert.notEqual(await color(notes.nth(0), "borderLeftColor"), await color(notes.nth(1), "borderLeftColor"));
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
                const ours = ".booklet-here *, .booklet-controls *, .booklet-round *, .booklet-past *, .booklet-downloads *, .booklet-resources *, .booklet-about *, .booklet-answer *, .booklet-questions *, .booklet-steps figcaption, body > .cover *, body > main *, .contents *";
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
