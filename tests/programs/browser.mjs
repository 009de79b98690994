// What a reader sees, in Chromium. `node browser.mjs CHECK BUILD` runs one
// check on a built booklet and fails with what is wrong; `--probe` tells whether
// a browser is there.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { access } from "./access.mjs";
import { EDITION, PAGES, SIZES, browser, build, check, eachPage, host, open, withSite } from "./site.mjs";

const shown = (page, selector) => page.locator(`${selector}:visible`);
const PRACTICE = "practice.html";
const KEY = `booklet-practice:/${PRACTICE}`;

async function draw(page) {
    await page.getByRole("button", { name: "Draw a question" }).click();
    return page.locator(".booklet-round h2").first().innerText();
}

const checks = {
    ...access,

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

    async here() {
        const page = await open("data-pipeline/labels.html", { size: "phone" });
        const here = page.getByRole("navigation", { name: "The steps" });
        assert.deepEqual(await here.locator("ol a").evaluateAll((links) => links.map((a) => [a.getAttribute("aria-label"), a.ariaCurrent])), [
            ["1 Project setup", null],
            ["2 Data pipeline", "step"],
            ["3 Modeling", null],
            ["4 Serving", null],
        ]);
        assert.match(await here.innerText(), /Step 2 of 4 · [3-6] minutes to read/);
        await here.getByText("On this page").click();
        await here.getByRole("link", { name: "Worked example" }).click();
        assert.match(page.url(), /labels\.html#worked-example$/);
        await here.getByRole("link", { name: "3 Modeling" }).click();
        assert.match(page.url(), /\/modeling\.html$/);
        // The front page leads on, by its figure too.
        await page.goto(`http://${host}/index.html`);
        await page.locator("svg.booklet-steps-figure a", { hasText: "4. Serving" }).click();
        assert.match(page.url(), /\/serving\.html$/);
        await page.goto(`http://${host}/index.html`);
        const pdf = page.locator(".booklet-downloads a[data-about]").first();
        await pdf.waitFor();
        assert.match(await pdf.getAttribute("data-about"), /^[0-9]+\.[0-9] MB, [A-Z][a-z]+ [0-9]{1,2}, 20[0-9]{2}$/);
        const answer = await page.request.head(new URL(await pdf.getAttribute("href"), page.url()).href);
        assert.equal(answer.status(), 200);
    },

    async filter() {
        const page = await open("resources.html");
        const all = await shown(page, ".booklet-resources li").count();
        assert.ok(all > 250, `${all} resources`);
        const count = page.locator(".booklet-count");
        assert.equal(await count.innerText(), `${all} of ${all} resources`);
        await page.getByLabel("Kind").selectOption("paper");
        await page.getByLabel("Step").selectOption("serving");
        await page.getByLabel("Since").selectOption("2020");
        const few = await shown(page, ".booklet-resources li").count();
        assert.ok(few > 3 && few < 100, `${few} papers`);
        assert.equal(await count.innerText(), `${few} of ${all} resources`);
        assert.deepEqual(await shown(page, "main h2").allInnerTexts(), ["Papers"]);
        const kept = await shown(page, ".booklet-by").evaluateAll((all) => all.every(({ dataset: d }) => d.kind === "paper" && d.year >= "2020" && d.steps.split(" ").includes("serving")));
        assert.ok(kept, "another one is shown");
        await page.getByLabel("Order").selectOption("newest");
        const years = await shown(page, ".booklet-by").evaluateAll((all) => all.map((by) => Number(by.dataset.year)));
        assert.deepEqual(years, years.toSorted((a, b) => b - a));
        assert.equal(new URL(page.url()).search, "?kind=paper&step=serving&since=2020&sort=newest");
        // The address brings all of it back.
        await page.reload();
        assert.equal(await shown(page, ".booklet-resources li").count(), few);
        assert.equal(await page.getByLabel("Order").inputValue(), "newest");
        await page.getByRole("button", { name: "Show all" }).click();
        assert.equal(await shown(page, ".booklet-resources li").count(), all);
        assert.equal(new URL(page.url()).search, "");
        await page.getByLabel("Words").fill("rules of machine");
        assert.ok((await shown(page, ".booklet-resources li").count()) < 10);
        // A link to an entry shows it, whatever the filter; it says where it is cited.
        await page.goto(`http://${host}/resources.html?kind=tool#resource-rules-of-ml`);
        const entry = page.locator("li", { has: page.locator("#resource-rules-of-ml") });
        assert.ok(await entry.isVisible());
        await entry.getByRole("link", { name: "1.1 Goals" }).click();
        assert.match(page.url(), /project-setup\/goals\.html$/);
        // What is not offered is not taken from the address.
        await page.goto(`http://${host}/resources.html?kind=%22%3E%3Cimg%20src%3Dx%3E&step=none`);
        assert.equal(await shown(page, ".booklet-resources li").count(), all);

        await page.goto(`http://${host}/case-studies.html`);
        await page.getByLabel("Organization").selectOption("Netflix");
        const netflix = await shown(page, ".booklet-resources li").allInnerTexts();
        assert.ok(netflix.length > 2 && netflix.every((text) => text.includes("Netflix")), netflix.join("\n"));
        // By step and topic too, by its address.
        await page.goto(`http://${host}/case-studies.html?step=serving&topic=experiments&by=Netflix`);
        const narrow = await shown(page, ".booklet-by").evaluateAll((all) => all.map(({ dataset: d }) => [d.by, d.steps.split(" ").includes("serving"), d.topics.split(" ").includes("experiments")]));
        assert.ok(narrow.length > 0 && narrow.length <= netflix.length);
        assert.ok(narrow.every((found) => found.join() === "Netflix,true,true"), narrow.join("\n"));
        assert.equal(await page.getByLabel("Topic").inputValue(), "experiments");
        // Each can be changed where it lies, and the list added to.
        const edit = page.getByRole("link", { name: /^Edit / }).first();
        assert.match(await edit.getAttribute("href"), /^https:\/\/github\.com\/.*\/edit\/main\/book\/resources\/[a-z0-9-]+\.toml$/);
        const add = new URL(await page.getByRole("link", { name: "Add a resource" }).getAttribute("href"));
        assert.match(add.pathname, /\/new\/main\/book\/resources$/);
        assert.match(add.searchParams.get("value"), /\nkind = "case-study"\n/);

        await page.goto(`http://${host}/questions.html?level=easy`);
        const easy = await shown(page, ".booklet-questions li").allInnerTexts();
        assert.ok(easy.length > 2 && easy.every((text) => text.includes("easy")), easy.join("\n"));
        await page.getByLabel("Answers").selectOption("none");
        assert.match(await page.locator(".booklet-count").innerText(), /^0 of 27 questions$/);
    },

    async practice() {
        const page = await open(PRACTICE);
        await page.clock.install();
        await page.getByLabel("Level").selectOption("hard");
        const hard = await shown(page, ".booklet-questions a").allInnerTexts();
        // Without the mouse.
        await page.getByRole("button", { name: "Draw a question" }).focus();
        await page.keyboard.press("Enter");
        const round = page.locator(".booklet-round");
        const title = await round.locator("h2").innerText();
        assert.ok(hard.includes(title), title);
        assert.equal(await page.evaluate(() => document.activeElement.textContent), title);
        await round.getByText("Hints and follow-up questions").waitFor();
        assert.ok(!(await round.getByText("Worth asking about:").isVisible()), "hints are open");
        const time = page.getByRole("timer");
        assert.equal(await time.innerText(), "45:00");
        await page.getByRole("button", { name: "Start the clock" }).click();
        const said = page.locator(".booklet-said");
        assert.equal(await said.innerText(), "Project setup: 8 minutes.");
        await page.clock.fastForward("08:01");
        assert.equal(await time.innerText(), "36:59");
        assert.equal(await said.innerText(), "Data pipeline: 12 minutes.");
        assert.match(await page.locator(".booklet-notes [aria-current=step]").innerText(), /^Data pipeline/);
        await page.getByLabel("Project setup 8 minutes").fill("<b>a goal</b>");
        // It goes on after a reload where it was.
        await page.reload();
        assert.equal(await round.locator("h2").innerText(), title);
        assert.equal(await page.getByLabel("Project setup 8 minutes").inputValue(), "<b>a goal</b>");
        assert.equal(await time.innerText(), "36:59");
        await page.getByRole("button", { name: "Go on" }).click();
        await page.clock.fastForward("50:00");
        assert.equal(await time.innerText(), "0:00");
        assert.match(await said.innerText(), /^The time is over/);
        await page.getByRole("button", { name: "Finish and compare" }).click();
        await page.getByRole("group", { name: "Clarifying" }).getByLabel("2 good").check();
        await page.getByRole("group", { name: "Depth" }).getByLabel("3 excellent").check();
        assert.equal(await page.getByRole("group").filter({ has: page.getByRole("radio") }).count(), 7);
        await round.getByText("Marked: 5 of 6.").waitFor();
        const answer = round.locator(".booklet-answer").first();
        await answer.locator("summary").click();
        const links = await answer.locator("a").evaluateAll((all) => all.map((a) => a.href));
        assert.ok(links.length > 0 && links.every((link) => link.startsWith("http")), links.join(" "));
        // A question that was seen is not drawn again.
        await page.getByRole("button", { name: "Another question" }).click();
        await page.getByLabel("Level").selectOption("hard");
        for (let left = hard.length - 1; left > 0; left--) {
            assert.notEqual(await draw(page), title);
            await page.getByRole("button", { name: "Another question" }).click();
        }
        await page.getByRole("button", { name: "Draw a question" }).click();
        assert.match(await said.innerText(), /^You have seen all questions that fit/);
        await page.getByLabel("also from those I have seen").check();
        assert.ok(hard.includes(await draw(page)));
        // All of it in a file, then nothing.
        const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save notes" }).click()]);
        const file = readFileSync(await download.path(), "utf8");
        assert.ok(file.includes(`## ${title}\n\nMarks: Clarifying 2, Depth 3\n\n### Project setup\n\n<b>a goal</b>\n`), file);
        page.on("dialog", (dialog) => dialog.accept());
        await page.getByRole("button", { name: "Forget everything" }).click();
        assert.equal(await said.innerText(), "Everything is forgotten.");
        await page.reload();
        assert.equal(await page.evaluate((key) => localStorage.getItem(key), KEY), null);
        assert.equal(await page.locator(".booklet-past").getByText("Nothing yet.").count(), 1);
        // A question's page leads here.
        await page.goto(`http://${host}/questions/card-fraud.html`);
        await page.getByRole("link", { name: "Practice with a clock" }).click();
        assert.equal(await round.locator("h2").first().innerText(), "Question 2: Card fraud");
    },

    async storage() {
        const blocked = () => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } });
        const full = () => { Storage.prototype.setItem = () => { throw new DOMException("no", "QuotaExceededError"); }; };
        for (const script of [blocked, full]) {
            const page = await open(PRACTICE, { script });
            const title = await draw(page);
            assert.match(await page.locator(".booklet-trouble").innerText(), /^This browser does not keep your notes/);
            await page.getByLabel("Modeling 10 minutes").fill("boosted trees");
            await page.getByRole("button", { name: "Another question" }).click();
            await page.locator(".booklet-past").getByRole("button", { name: title }).click();
            assert.equal(await page.getByLabel("Modeling 10 minutes").inputValue(), "boosted trees");
        }
        // What others, or an earlier version, have left there.
        for (const left of ["{", "[]", "null", "7", '{"seen":7,"notes":[],"marks":{"card-fraud":3},"current":"x"}', '{"notes":{"__proto__":{"a":"b"},"card-fraud":{"x":1}},"seen":["<b>",1]}']) {
            const page = await open(PRACTICE);
            await page.evaluate(([key, value]) => localStorage.setItem(key, value), [KEY, left]);
            await page.reload();
            assert.match(await draw(page), /^Question /, left);
        }
    },

    async removed() {
        const page = await open(PRACTICE);
        const left = { seen: ["gone", "card-fraud"], notes: { gone: { modeling: "trees" } }, marks: { gone: { Depth: 1 } }, current: { slug: "gone", seconds: 60 } };
        await page.evaluate(([key, value]) => localStorage.setItem(key, value), [KEY, JSON.stringify(left)]);
        await page.reload();
        assert.match(await page.locator(".booklet-said").innerText(), /^The question you were at is no longer in the booklet/);
        assert.match(await page.locator(".booklet-past").innerText(), /notes on a question that the booklet no longer has/);
        assert.deepEqual(await page.locator(".booklet-past li").allInnerTexts(), ["Question 2: Card fraud"]);
        const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save notes" }).click()]);
        assert.match(readFileSync(await download.path(), "utf8"), /## gone \(no longer in the booklet\)\n\nMarks: Depth 1\n\n### Modeling\n\ntrees/);
    },

    async scriptless() {
        const page = await open(PRACTICE, { javaScriptEnabled: false });
        assert.match(await page.locator(".booklet-practice").innerText(), /need JavaScript, which is off.*set a timer to 45 minutes/s);
        assert.equal(await shown(page, ".booklet-questions a").count(), 27);
        await page.goto(`http://${host}/resources.html`);
        assert.ok(!(await page.locator(".booklet-filter").isVisible()));
        assert.equal(await shown(page, "main h2").count(), 9);
        await page.goto(`http://${host}/case-studies.html`);
        assert.ok((await shown(page, ".booklet-resources li").count()) > 80);
        await page.goto(`http://${host}/questions.html`);
        assert.equal(await shown(page, ".booklet-questions li").count(), 27);
        await page.goto(`http://${host}/data-pipeline/labels.html`);
        await page.getByText("On this page").click();
        await page.getByRole("link", { name: "Worked example" }).last().click();
        await page.goto(`http://${host}/questions/card-fraud.html`);
        await page.locator("summary").first().click();
        assert.ok(await page.locator("details.booklet-answer h3").first().isVisible());
    },

    // A booklet whose words want to be more than words.
    async hostile() {
        const title = "Question 3: <img src=x onerror=window.broken=1> & “quotes”";
        const page = await open(PRACTICE, { script: () => (window.broken = 0) });
        assert.ok((await page.locator(".booklet-questions a").allInnerTexts()).includes(title));
        await page.goto(`http://${host}/${PRACTICE}#question-constructor`);
        await page.reload();
        assert.equal(await page.locator(".booklet-round h2").first().innerText(), title);
        await page.getByRole("button", { name: "Finish and compare" }).click();
        await page.locator(".booklet-round .booklet-answer").nth(1).waitFor();
        assert.ok((await page.locator(".booklet-past button").allInnerTexts()).includes(title));
        // What nobody has answered is found.
        await page.goto(`http://${host}/${PRACTICE}?answers=none`);
        assert.deepEqual(await shown(page, ".booklet-questions a").allInnerTexts(), ["Question 2: Trending *hashtags* & <tags>"]);
        await page.goto(`http://${host}/links.html`);
        const by = page.getByLabel("Organization");
        await by.selectOption("\"><script>window.broken=1</script>");
        assert.equal(await shown(page, ".booklet-resources li").count(), 1);
        await page.reload();
        assert.equal(await shown(page, ".booklet-resources li").count(), 1);
        // Several answers are opened all at once.
        await page.goto(`http://${host}/questions/constructor.html`);
        await page.getByRole("button", { name: "Show all answers" }).click();
        assert.equal(await page.locator("details.booklet-answer[open]").count(), 2);
        await page.getByRole("button", { name: "Fold all answers" }).click();
        assert.equal(await page.locator("details.booklet-answer[open]").count(), 0);
        assert.equal(await page.evaluate(() => window.broken), 0);
    },

    // Nothing jumps, scripts are quick on a slow machine, and all is light.
    async light() {
        const theme = join(build, "html/theme");
        const weight = readdirSync(theme).reduce((sum, file) => sum + gzipSync(readFileSync(join(theme, file))).length, 0);
        assert.ok(weight > 1000 && weight <= 30000, `${weight} bytes of CSS and scripts`);
        const jumps = () => {
            window.jumps = [];
            new PerformanceObserver((list) => {
                for (const { value, sources } of list.getEntries()) {
                    // mdBook puts the page's headings into its sidebar.
                    const ours = sources.map(({ node }) => node).filter((node) => !node?.parentElement?.closest("#mdbook-sidebar"));
                    if (ours.length) window.jumps.push([value, ...ours.map((node) => node?.className || node?.nodeName)]);
                }
            }).observe({ type: "layout-shift", buffered: true });
        };
        for (const size of Object.keys(SIZES)) {
            for (const path of PAGES) {
                const page = await open("cite.html", { size, script: jumps });
                const session = await page.context().newCDPSession(page);
                await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
                // The least of eight: what else the machine does at the time is not ours.
                let spent = Infinity;
                for (let i = 0; i < 8 && spent >= 50; i++) {
                    await browser.startTracing(page, { categories: ["devtools.timeline"] });
                    await page.goto(`http://${host}/${path}`, { waitUntil: "networkidle" });
                    await page.waitForLoadState("load");
                    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
                    const ours = traceEvents.filter(({ name, ph, args }) => name === "EvaluateScript" && ph === "X" && /\/theme\//.test(args.data.url));
                    if (ours.length < 2) continue;
                    spent = Math.min(spent, ours.reduce((sum, event) => sum + event.tdur / 1000, 0));
                }
                assert.ok(spent < 50, `${path} (${size}): ${spent.toFixed(1)} ms of script`);
                // mdBook's highlighting moves a line of code by a hair; a line of text that moves counts ten times that.
                const jumped = await page.evaluate(() => window.jumps);
                assert.ok(jumped.reduce((sum, [value]) => sum + value, 0) < 0.003, `${path} (${size}): ${JSON.stringify(jumped)}`);
                if (process.env.VERBOSE) console.log(size, path, spent.toFixed(1));
                await page.context().close();
            }
        }
        if (process.env.VERBOSE) console.log(weight);
    },
};

await withSite(() => checks[check]());
