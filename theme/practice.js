// The practice page: draws a question from the list, keeps the time and the
// notes, and puts rubric and answers beside them. What it keeps stays in this
// browser.
(() => {
    "use strict";

    const panel = document.querySelector(".booklet-practice");
    const list = document.querySelector(".booklet-questions");
    // Not on the page of the whole book, which begins with other lists.
    if (!panel || !list || /\/print(\.html)?$/.test(location.pathname)) return;

    const STEPS = JSON.parse(panel.dataset.steps);
    const TOTAL = 60 * STEPS.reduce((sum, step) => sum + step.minutes, 0);
    const MARKS = ["missing", "weak", "good", "excellent"];
    // Other booklets may lie on the same host.
    const KEY = `booklet-practice:${location.pathname}`;
    const RUBRIC = panel.querySelector("a")?.href;

    function make(tag, properties = {}, ...content) {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(properties)) {
            if (name in element) element[name] = value;
            else element.setAttribute(name, value);
        }
        element.append(...content);
        return element;
    }
    const button = (text, onclick) => make("button", { type: "button", onclick }, text);

    // The questions, by slug, in the order of the list.
    const questions = new Map(
        [...list.querySelectorAll("li")].flatMap((item) => {
            const link = item.querySelector("a");
            const slug = item.querySelector("[id^=question-]")?.id.slice("question-".length);
            return slug ? [[slug, { slug, item, title: link.textContent, url: link.href }]] : [];
        }),
    );

    // What is kept. Anything else than what is expected is left out: the place
    // is shared with whoever writes there, and with earlier versions.
    const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
    const isSlug = (value) => typeof value === "string" && /^[a-z0-9-]+$/.test(value);
    const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

    function read() {
        const kept = { seen: [], notes: {}, marks: {}, current: null };
        let stored;
        try {
            stored = JSON.parse(localStorage.getItem(KEY));
        } catch {
            return kept;
        }
        if (!isObject(stored)) return kept;
        if (Array.isArray(stored.seen)) kept.seen = stored.seen.filter(isSlug);
        for (const [part, type] of [["notes", "string"], ["marks", "number"]]) {
            for (const [slug, values] of Object.entries(isObject(stored[part]) ? stored[part] : {})) {
                if (isSlug(slug) && isObject(values)) kept[part][slug] = Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === type));
            }
        }
        const { slug, seconds } = isObject(stored.current) ? stored.current : {};
        if (isSlug(slug) && seconds >= 0 && seconds <= TOTAL) kept.current = { slug, seconds };
        return kept;
    }

    const kept = read();
    const trouble = make("p", { className: "booklet-trouble", role: "status" });

    function keep() {
        try {
            localStorage.setItem(KEY, JSON.stringify(kept));
            trouble.textContent = "";
        } catch {
            trouble.textContent = "This browser does not keep your notes: its storage is full or blocked. Save them as a file before you leave.";
        }
    }

    const said = make("p", { className: "booklet-said", role: "status" });
    const main = make("div", { className: "booklet-round" });
    const past = make("section", { className: "booklet-past" });

    // The clock.
    const clock = { seconds: 0, since: 0, timer: 0, phase: -1 };
    const elapsed = () => Math.min(TOTAL, clock.seconds + (clock.since ? Math.floor((Date.now() - clock.since) / 1000) : 0));
    const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

    function phaseAt(seconds) {
        let end = 0;
        return STEPS.findIndex((step) => seconds < (end += 60 * step.minutes));
    }

    function stop() {
        clock.seconds = elapsed();
        clock.since = 0;
        clearInterval(clock.timer);
        if (kept.current) kept.current.seconds = clock.seconds;
    }

    addEventListener("pagehide", () => {
        if (!kept.current) return;
        kept.current.seconds = elapsed();
        keep();
    });

    // A page of this site, its links right for this page and its ids gone, which
    // might be here already.
    async function page(url) {
        const response = await fetch(url);
        if (!response.ok) throw new Error(response.statusText);
        const content = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("main");
        for (const [selector, name] of [["[href]", "href"], ["[src]", "src"]]) {
            for (const element of content.querySelectorAll(selector)) {
                element.setAttribute(name, new URL(element.getAttribute(name), url).href);
            }
        }
        for (const element of content.querySelectorAll("[id]")) element.removeAttribute("id");
        for (const link of content.querySelectorAll("a.header")) link.replaceWith(...link.childNodes);
        return content;
    }

    const elsewhere = (url, text) => make("p", {}, make("a", { href: url, target: "_blank", rel: "noopener" }, text));

    // The question without its hints, and the hints.
    async function questionText(url) {
        const text = make("div", {});
        const hints = make("details", {}, make("summary", {}, "Hints and follow-up questions"));
        let into = text;
        for (const part of [...(await page(url)).children]) {
            if (part.tagName === "H2" || part.matches(".booklet-answer")) break;
            if (part.matches("h1, .booklet-about")) continue;
            // From the first paragraph on that begins like “**Worth asking about:**”.
            if (part.firstChild?.nodeName === "STRONG" && part.firstChild.textContent.endsWith(":")) into = hints;
            into.append(part);
        }
        return hints.children.length > 1 ? [text, hints] : [text];
    }

    function controls() {
        const again = make("input", { type: "checkbox" });
        const draw = button("Draw a question", () => {
            const pool = [...questions.values()].filter(({ item }) => !item.hidden);
            const fresh = again.checked ? pool : pool.filter(({ slug }) => !kept.seen.includes(slug));
            if (fresh.length) return begin(fresh[Math.floor(Math.random() * fresh.length)].slug);
            said.textContent = pool.length
                ? "You have seen all questions that fit. Choose others below, or draw from those you have seen too."
                : "No question fits. Choose others below.";
        });
        return make("p", { className: "booklet-draw" }, draw, " ", make("label", {}, again, " also from those I have seen"));
    }

    function begin(slug, seconds = 0, focus = true) {
        const question = questions.get(slug);
        stop();
        Object.assign(clock, { seconds, since: 0, phase: -1 });
        kept.current = { slug, seconds };
        if (!kept.seen.includes(slug)) kept.seen.push(slug);
        keep();
        record();

        const heading = make("h2", { tabIndex: -1 }, question.title);
        const text = make("div", {}, make("p", {}, "The question is on its way."));
        const time = make("span", { className: "booklet-time", role: "timer", "aria-label": "Time left" });
        const start = button("", () => (clock.since ? pause() : run()));
        const notes = STEPS.map((step) => {
            const area = make("textarea", { rows: 5, value: own(own(kept.notes, slug) ?? {}, step.id) ?? "" });
            area.addEventListener("input", () => {
                if (!Object.hasOwn(kept.notes, slug)) kept.notes[slug] = {};
                kept.notes[slug][step.id] = area.value;
                keep();
            });
            return make("li", {}, make("label", {}, make("strong", {}, step.title), ` ${step.minutes} minutes`, area));
        });
        const compare = make("div", {});

        function tick() {
            const seconds = elapsed();
            time.textContent = shown(TOTAL - seconds);
            const phase = phaseAt(seconds);
            if (seconds >= TOTAL && clock.since) {
                pause();
                said.textContent = "The time is over. Finish your sentence, then compare.";
            } else if (phase !== clock.phase && phase >= 0) {
                if (clock.since) said.textContent = `${STEPS[phase].title}: ${STEPS[phase].minutes} minutes.`;
                clock.phase = phase;
            }
            notes.forEach((note, i) => (i === phase ? note.setAttribute("aria-current", "step") : note.removeAttribute("aria-current")));
        }
        function run() {
            if (elapsed() >= TOTAL) clock.seconds = 0;
            clock.since = Date.now();
            clock.phase = -1;
            clock.timer = setInterval(tick, 500);
            start.textContent = "Pause";
            tick();
        }
        function pause() {
            stop();
            keep();
            start.textContent = "Go on";
            tick();
        }
        start.textContent = seconds ? "Go on" : "Start the clock";
        const done = button("Finish and compare", () => {
            pause();
            review(question, compare);
        });
        const leave = button("Another question", () => {
            stop();
            kept.current = null;
            keep();
            home();
            main.querySelector("button").focus();
        });
        main.replaceChildren(
            heading,
            text,
            make("p", { className: "booklet-clock" }, time, " ", start, " ", done, " ", leave),
            said,
            make("ol", { className: "booklet-notes" }, ...notes),
            compare,
        );
        tick();
        said.textContent = "";
        if (focus) heading.focus();
        questionText(question.url)
            .then((parts) => text.replaceChildren(...parts))
            .catch(() => text.replaceChildren(elsewhere(question.url, "Read the question on its page.")));
    }

    function markSelf(slug, area, table, changed) {
        const group = make("fieldset", {}, make("legend", {}, area));
        if (table) {
            table.tabIndex = 0;
            group.append(table);
        }
        const choices = make("p", {});
        MARKS.forEach((word, mark) => {
            const radio = make("input", { type: "radio", name: area, checked: own(own(kept.marks, slug) ?? {}, area) === mark });
            radio.addEventListener("change", () => {
                if (!Object.hasOwn(kept.marks, slug)) kept.marks[slug] = {};
                kept.marks[slug][area] = mark;
                keep();
                changed();
            });
            choices.append(make("label", {}, radio, ` ${mark} ${word}`), " ");
        });
        group.append(choices);
        return group;
    }

    function sum(slug) {
        const marks = Object.values(own(kept.marks, slug) ?? {});
        return marks.length ? `${marks.reduce((a, b) => a + b, 0)} of ${marks.length * (MARKS.length - 1)}` : "";
    }

    async function review(question, place) {
        const heading = make("h2", { tabIndex: -1 }, "Compare");
        const marks = make("div", {});
        const answers = make("div", {});
        place.replaceChildren(heading, make("h3", {}, "Your marks"), marks, make("h3", {}, "Answers"), answers);
        heading.focus();
        const total = make("p", { role: "status" });
        const changed = () => {
            const marked = sum(question.slug);
            total.textContent = marked && `Marked: ${marked}.`;
            record();
        };
        if (RUBRIC) {
            try {
                const areas = [...(await page(RUBRIC)).querySelectorAll("h2 + .table-wrapper")];
                marks.append(...areas.map((table) => markSelf(question.slug, table.previousElementSibling.textContent, table, changed)), total);
            } catch {
                marks.append(elsewhere(RUBRIC, "Read the rubric on its page."), markSelf(question.slug, "All in all", null, changed), total);
            }
        } else {
            marks.append(markSelf(question.slug, "All in all", null, changed), total);
        }
        changed();
        try {
            const found = [...(await page(question.url)).querySelectorAll(".booklet-answer")];
            answers.append(...found);
            if (!found.length) answers.append(elsewhere(question.url, "Nobody has answered this question yet. Be the first."));
        } catch {
            answers.append(elsewhere(question.url, "Read the answers on the question's page."));
        }
    }

    // What was done before, and the ways to take it along or be rid of it.
    function record() {
        const rows = kept.seen
            .filter((slug) => questions.has(slug))
            .map((slug) => {
                const { title } = questions.get(slug);
                const marked = sum(slug);
                return make("li", {}, button(title, () => begin(slug)), marked && ` marked ${marked}`);
            });
        const gone = Object.keys(kept.notes).filter((slug) => !questions.has(slug)).length;
        const parts = [make("h2", {}, "What you have practiced")];
        parts.push(rows.length ? make("ul", {}, ...rows) : make("p", {}, "Nothing yet."));
        if (gone) parts.push(make("p", {}, `There are notes on ${gone === 1 ? "a question" : `${gone} questions`} that the booklet no longer has. They are in the file.`));
        if (rows.length || gone) parts.push(make("p", {}, button("Save notes as a file", save), " ", button("Forget everything", forget)));
        past.replaceChildren(...parts);
    }

    function save() {
        let text = `# Practice: ${document.title}\n`;
        for (const slug of new Set([...kept.seen, ...Object.keys(kept.notes)])) {
            text += `\n## ${questions.get(slug)?.title ?? `${slug} (no longer in the booklet)`}\n`;
            const marks = Object.entries(own(kept.marks, slug) ?? {});
            if (marks.length) text += `\nMarks: ${marks.map(([area, mark]) => `${area} ${mark}`).join(", ")}\n`;
            const notes = own(kept.notes, slug) ?? {};
            for (const { id, title } of STEPS) if (own(notes, id)) text += `\n### ${title}\n\n${notes[id]}\n`;
        }
        const url = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
        make("a", { href: url, download: "practice-notes.md" }).click();
        setTimeout(() => URL.revokeObjectURL(url), 60000);
    }

    function forget() {
        if (!confirm("Forget all notes, marks and seen questions in this browser?")) return;
        stop();
        Object.assign(kept, { seen: [], notes: {}, marks: {}, current: null });
        try {
            localStorage.removeItem(KEY);
            trouble.textContent = "";
        } catch {
            // Nothing was kept.
        }
        home();
        record();
        said.textContent = "Everything is forgotten.";
        main.querySelector("button").focus();
    }

    function home() {
        main.replaceChildren(controls(), said);
    }

    // A link leads to one question of the list.
    function linked() {
        const slug = decodeURIComponent(location.hash).replace(/^#question-/, "");
        if (!questions.has(slug) || !location.hash.startsWith("#question-")) return false;
        begin(slug, kept.current?.slug === slug ? kept.current.seconds : 0);
        return true;
    }

    panel.replaceChildren(trouble, main);
    list.after(past);
    home();
    record();
    if (!linked() && kept.current) {
        const { slug, seconds } = kept.current;
        if (questions.has(slug)) begin(slug, seconds, false);
        else said.textContent = "The question you were at is no longer in the booklet. Your notes on it are kept.";
    }
    addEventListener("hashchange", linked);
})();
