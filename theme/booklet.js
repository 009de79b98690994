// What a script adds to the booklet's pages: filters over lists of resources and
// questions, answers opened all at once, size and date of downloads. Without it the
// pages are complete.
(() => {
    "use strict";

    // An element with its properties and what is in it. Text stays text.
    function make(tag, properties = {}, ...content) {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(properties)) {
            if (name in element) element[name] = value;
            else element.setAttribute(name, value);
        }
        element.append(...content);
        return element;
    }

    const words = (text) => (text ? text.split(" ").filter(Boolean) : []);
    const spaced = (slug) => slug.replaceAll("-", " ");
    // A collator takes longer to make than all the rest.
    const byName = (a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1);

    // What a list can be filtered by: the name in the URL and of the control, the
    // attribute with an entry's values, and how the values are offered.
    const FACETS = [
        { key: "step", label: "Step", all: "all steps", from: "data-steps" },
        { key: "kind", label: "Kind", all: "all kinds", from: "data-kind" },
        { key: "topic", label: "Topic", all: "all topics", from: "data-topics" },
        { key: "by", label: "Organization", all: "all", from: "data-by", read: (v) => [v], show: (v) => v },
        { key: "level", label: "Level", all: "all levels", from: "data-level", order: ["easy", "medium", "hard"] },
        {
            key: "answers",
            label: "Answers",
            all: "with or without",
            from: "data-answers",
            read: (n) => [n === "0" ? "none" : "some"],
            show: (v) => (v === "none" ? "no answer yet" : "answered"),
            offer: ["some", "none"],
        },
        {
            key: "since",
            label: "Since",
            all: "any year",
            from: "data-year",
            takes: (values, wanted) => values.some((year) => Number(year) >= Number(wanted)),
            order: "newest",
        },
    ];
    const SORTS = { title: "by title", newest: "newest first", oldest: "oldest first" };

    const NONE = [];

    function readList(list) {
        return [...list.querySelectorAll(".booklet-by[data-steps]")].map((by) => {
            const entry = { item: by.closest("li") };
            for (const { key, from, read = words } of FACETS) {
                const value = by.getAttribute(from);
                entry[key] = value ? read(value) : NONE;
            }
            return entry;
        });
    }

    // The heading of a list and what stands between the two: hidden with it.
    function sectionOf(list, place) {
        const section = [list];
        for (let before = list.previousElementSibling; before && before !== place; before = before.previousElementSibling) {
            section.push(before);
            if (/^H[2-6]$/.test(before.tagName)) return section;
        }
        return [list];
    }

    function choices(facet, entries, titles) {
        const found = new Set(entries.flatMap((entry) => entry[facet.key]));
        const values = facet.offer ?? [...found].sort(byName);
        if (facet.order === "newest") values.reverse();
        else if (facet.order) values.sort((a, b) => facet.order.indexOf(a) - facet.order.indexOf(b));
        else if (facet.key === "step") values.sort((a, b) => titles.order.indexOf(a) - titles.order.indexOf(b));
        const useful = facet.offer ? found.size > 0 : found.size > 1;
        const show = facet.show ?? ((value) => titles.of[value] ?? spaced(value));
        return useful ? values.map((value) => [value, show(value)]) : [];
    }

    function control(label, input) {
        return make("label", {}, make("span", {}, label), input);
    }

    function filter(place) {
        const follows = Node.DOCUMENT_POSITION_FOLLOWING;
        const lists = [...document.querySelectorAll("main .booklet-resources, main .booklet-questions")].filter(
            (list) => place.compareDocumentPosition(list) & follows,
        );
        const sections = lists.map((list) => ({ entries: readList(list), parts: sectionOf(list, place), ul: list.querySelector("ul") }));
        const filled = sections.filter((section) => section.entries.length);
        const entries = filled.flatMap((section) => section.entries);
        if (!entries.length) return;
        const steps = JSON.parse(place.dataset.steps || "[]");
        const titles = { order: steps.map((s) => s.id), of: Object.fromEntries(steps.map((s) => [s.id, s.title])) };

        const form = make("form", { className: "booklet-controls" });
        form.setAttribute("role", "search");
        form.setAttribute("aria-label", "Filter");
        form.append(control("Words", make("input", { type: "search", name: "words", autocomplete: "off" })));
        for (const facet of FACETS) {
            const values = choices(facet, entries, titles);
            if (!values.length) continue;
            const options = [["", facet.all], ...values].map(([value, text]) => new Option(text, value));
            form.append(control(facet.label, make("select", { name: facet.key }, ...options)));
        }
        if (entries.some((entry) => entry.since.length)) {
            const options = Object.entries(SORTS).map(([value, text]) => new Option(text, value));
            form.append(control("Order", make("select", { name: "sort" }, ...options)));
        }
        const count = make("output", { className: "booklet-count" });
        const reset = make("button", { type: "button" }, "Show all");
        form.append(make("p", {}, count, " ", reset));

        const fields = [...form.elements].filter((field) => field.name);
        const noun = entries[0].kind.length ? "resource" : "question";

        function apply() {
            const wanted = Object.fromEntries(fields.map((field) => [field.name, field.value.trim()]));
            const typed = words(wanted.words.toLowerCase());
            const asked = FACETS.filter(({ key }) => wanted[key]);
            let shown = 0;
            for (const section of filled) {
                let any = false;
                for (const entry of section.entries) {
                    const { item } = entry;
                    const takes = asked.every(({ key, takes }) => (takes ? takes(entry[key], wanted[key]) : entry[key].includes(wanted[key])));
                    const text = typed.length ? item.textContent.toLowerCase() : "";
                    const hidden = !(takes && typed.every((word) => text.includes(word)));
                    if (item.hidden !== hidden) item.hidden = hidden;
                    any ||= !hidden;
                    shown += !hidden;
                }
                for (const part of section.parts) part.hidden = !any;
            }
            count.value = `${shown} of ${entries.length} ${noun}s`;
            reset.hidden = fields.every((field) => field.value === (field.options?.[0].value ?? ""));
        }

        let sorted = "title";
        function sort() {
            const order = form.elements.sort?.value ?? "title";
            if (order === sorted) return;
            sorted = order;
            const sign = { newest: -1, oldest: 1 }[order] ?? 0;
            for (const { entries, ul } of filled) {
                const inOrder = [...entries].sort((a, b) => sign * (a.since[0] - b.since[0]));
                ul.append(...inOrder.map((entry) => entry.item));
            }
        }

        // The choice is in the address, so that it can be linked to.
        function read() {
            const query = new URLSearchParams(location.search);
            for (const field of fields) {
                const value = query.get(field.name) ?? "";
                const known = !field.options || [...field.options].some((option) => option.value === value);
                field.value = known && value ? value : (field.options?.[0].value ?? "");
            }
        }

        function write() {
            const url = new URL(location.href);
            for (const field of fields) {
                const value = field.value.trim();
                if (value && value !== "title") url.searchParams.set(field.name, value);
                else url.searchParams.delete(field.name);
            }
            if (url.href !== location.href) history.replaceState(history.state, "", url);
        }

        function changed() {
            write();
            sort();
            apply();
        }

        form.addEventListener("input", changed);
        form.addEventListener("submit", (event) => event.preventDefault());
        reset.addEventListener("click", () => {
            form.reset();
            changed();
            form.elements.words.focus();
        });
        addEventListener("popstate", () => {
            read();
            sort();
            apply();
        });
        read();
        place.append(form);
        sort();
        apply();
        // A link leads to an entry: then no filter hides it.
        const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
        if (target && target.closest("[hidden]") && entries.some(({ item }) => item.contains(target))) {
            form.reset();
            changed();
        }
        if (target && entries.some(({ item }) => item.contains(target))) target.scrollIntoView();
    }

    function openAll(place) {
        const answers = [...document.querySelectorAll("main .booklet-answer")];
        const button = make("button", { type: "button" });
        const tell = () => {
            const open = answers.every((answer) => answer.open);
            button.textContent = open ? "Fold all answers" : "Show all answers";
            return open;
        };
        button.addEventListener("click", () => {
            const open = tell();
            for (const answer of answers) answer.open = !open;
            tell();
        });
        for (const answer of answers) answer.addEventListener("toggle", tell);
        tell();
        place.append(button);
    }

    async function modified(url) {
        const response = await fetch(url, { method: "HEAD" });
        // There is none; a browser calls the request failed if nobody looks.
        await response.text();
        return response.headers.get("last-modified") ?? "";
    }

    // How large a download is and of what day: of the book's, if its build has
    // one, or else of the file's.
    async function about(links) {
        try {
            const { date, files } = await (await fetch(new URL("downloads.json", links[0].href))).json();
            for (const link of links) {
                const file = files.find(({ name }) => link.pathname.endsWith(`/${encodeURIComponent(name)}`));
                if (!file) continue;
                const day = new Date(date ?? (await modified(link.href)));
                const shown = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
                const parts = [`${(file.bytes / 1e6).toFixed(1)} MB`];
                if (!isNaN(day)) parts.push(day.toLocaleDateString(document.documentElement.lang, shown));
                link.dataset.about = parts.join(", ");
            }
        } catch {
            // Then it is not known.
        }
    }

    // mdBook's bar is no landmark, and its switch of the sidebar is a label, which
    // is not reached by keyboard: a button does what it does.
    function mend() {
        document.getElementById("mdbook-menu-bar")?.setAttribute("role", "banner");
        const label = document.getElementById("mdbook-sidebar-toggle");
        const box = document.getElementById("mdbook-sidebar-toggle-anchor");
        if (!label || !box) return;
        const button = make("button", { type: "button" }, ...label.childNodes);
        for (const { name, value } of label.attributes) if (name !== "for") button.setAttribute(name, value);
        button.addEventListener("click", () => {
            label.dispatchEvent(new Event("click"));
            box.click();
        });
        const told = () => button.setAttribute("aria-expanded", label.getAttribute("aria-expanded"));
        new MutationObserver(told).observe(label, { attributeFilter: ["aria-expanded"] });
        label.replaceWith(button);
    }

    // What scrolls sideways is reached by keyboard, and a box of a checklist has
    // a name. Once all is laid out, to ask for sizes costs nothing.
    addEventListener("load", () => {
        for (const part of document.querySelectorAll("main .table-wrapper, main pre > code")) {
            if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
        }
        for (const box of document.querySelectorAll("main li > input[type=checkbox]")) box.ariaLabel = box.checked ? "done" : "to do";
    });

    mend();
    // The page of the whole book has several lists that would be one to a filter.
    const places = document.querySelectorAll(".booklet-filter, .booklet-all");
    const whole = /\/print(\.html)?$/.test(location.pathname);
    for (const place of places) {
        if (whole) place.hidden = true;
        else if (place.matches(".booklet-filter")) filter(place);
        else openAll(place);
    }
    const downloads = [...document.querySelectorAll(".booklet-downloads a")];
    if (downloads.length && location.protocol.startsWith("http")) about(downloads);
})();
