// Runs inside the browser: looks at a page as it is laid out, and says what is wrong with it. It is handed to pages as
// text, by `evaluate`, so it imports nothing; what it offers is `window.datelineTests`.
//
// Every problem is { kind, selector, what }.

(() => {
    const MEDIA = "img, svg, video, audio, iframe, canvas, object, embed, input, button, select, textarea, math, hr";
    const TOLERANCE = 2;
    const SMALLEST_TEXT = 12;

    window.datelineTests = {
        /**
         * What is wrong with the layout. `smallText` also looks for text too small to read; `headline` wants to see the
         * page's h1, which a list of articles may keep for screen readers.
         */
        layout({ smallText, headline }) {
            const texts = shownTexts();
            return [
                ...missing("main", texts),
                ...(headline ? missing("h1", texts) : []),
                ...sidewaysScroll(),
                ...texts.flatMap(outsideOfPage),
                ...texts.flatMap(clipped),
                ...overlaps(texts),
                ...(smallText ? texts.flatMap(tooSmall) : []),
            ];
        },

        /** Elements that are drawn and say nothing. */
        shells,
    };

    // ---- the checks of layout ----

    // What scripts were to show, or a style for print hides.
    function missing(selector, texts) {
        const element = document.querySelector(selector);
        if (texts.some((text) => element?.contains(text.element))) return [];
        return [{ kind: "nothing to read", selector, what: element ? "no text of it is shown" : "is not there" }];
    }

    function sidewaysScroll() {
        const { scrollWidth, clientWidth } = document.scrollingElement;
        if (scrollWidth <= clientWidth) return [];
        const sticksOut = (element) => {
            const box = element.getBoundingClientRect();
            return box.width > 0 && (box.right > clientWidth + 1 || box.left < -1);
        };
        const deepest = [...document.body.querySelectorAll("*")].filter(
            (element) => sticksOut(element) && ![...element.children].some(sticksOut) && !clippers(element).length,
        );
        const what = `the page is ${scrollWidth} px wide in a window of ${clientWidth} px`;
        return [{ kind: "horizontal scroll", selector: deepest.slice(0, 3).map(selectorOf).join(", "), what }];
    }

    // Needed besides the above: `overflow-x: hidden` on the page takes the scroll bar away, and the text with it.
    function outsideOfPage({ element, text, rects }) {
        const width = document.documentElement.clientWidth;
        const out = rects.find(({ seen }) => seen.left < -1 || seen.right > width + 1);
        if (!out) return [];
        const what = `${quote(text)} runs from ${px(out.seen.left)} to ${px(out.seen.right)} in a window of ${width} px`;
        return [{ kind: "text outside of the window", selector: selectorOf(element), what }];
    }

    function clipped({ element, text, rects }) {
        const cut = rects.find((rect) => rect.lost > TOLERANCE);
        if (!cut) return [];
        const what = `${quote(text)} loses ${px(cut.lost)} px to the overflow of ${selectorOf(cut.by)}`;
        return [{ kind: "clipped text", selector: selectorOf(element), what }];
    }

    function tooSmall({ element, text }) {
        const size = parseFloat(getComputedStyle(element).fontSize);
        if (size >= SMALLEST_TEXT - 0.01) return [];
        return [{ kind: "small text", selector: selectorOf(element), what: `${quote(text)} is ${size} px` }];
    }

    function overlaps(texts) {
        const boxes = texts
            .flatMap((text) => text.rects.map((rect) => ({ ...rect, owner: text })))
            .filter(({ ink }) => ink.right - ink.left > 1 && ink.bottom > ink.top)
            .sort((a, b) => Math.min(a.ink.top, a.core.top) - Math.min(b.ink.top, b.core.top));
        const found = new Map();
        for (let i = 0; i < boxes.length; i++) {
            const one = boxes[i];
            for (let j = i + 1; j < boxes.length; j++) {
                const other = boxes[j];
                if (Math.min(other.ink.top, other.core.top) >= Math.max(one.ink.bottom, one.core.bottom)) break;
                const [a, b] = [one.owner, other.owner];
                if (a === b) continue;
                // Words of one block stand on lines, where accents and tails of neighbours may touch; only letters
                // upon letters are wrong there. Between blocks there is no such excuse.
                const shared =
                    a.block === b.block ? sharedBy(one.core, other.core) : touches(one.ink, other.ink) && sharedByWords(one, other);
                if (!shared) continue;
                const selector = `${selectorOf(a.element)} and ${selectorOf(b.element)}`;
                const what = `${quote(a.text)} and ${quote(b.text)} share ${px(shared.width)} × ${px(shared.height)} px`;
                found.set(selector, { kind: "overlapping text", selector, what });
            }
        }
        return [...found.values()];
    }

    function sharedBy(one, other) {
        const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        return width > TOLERANCE && height > TOLERANCE ? { width, height } : null;
    }

    const touches = (one, other) => sharedBy(one, other) !== null;

    // The ink of a text is as high as its highest letter, wherever that stands. Before two texts are said to overlap, the
    // very words that meet are measured.
    function sharedByWords(one, other) {
        for (const a of wordsOn(one)) {
            for (const b of wordsOn(other)) {
                const shared = sharedBy(a, b);
                if (shared) return shared;
            }
        }
        return null;
    }

    function wordsOn({ owner, whole, seen }) {
        const words = [];
        const range = document.createRange();
        for (const match of owner.node.data.matchAll(/\S+/g)) {
            range.setStart(owner.node, match.index);
            range.setEnd(owner.node, match.index + match[0].length);
            const reach = inkOf(visibleText(match[0]), owner.element);
            for (const { left, right, top } of range.getClientRects()) {
                if (Math.abs(top - whole.top) > 1) continue;
                const box = reach ? { left, right, top: top + reach.top, bottom: top + reach.bottom } : { left, right, top: whole.top, bottom: whole.bottom };
                words.push({
                    left: Math.max(box.left, seen.left),
                    right: Math.min(box.right, seen.right),
                    top: Math.max(box.top, seen.top),
                    bottom: Math.min(box.bottom, seen.bottom),
                });
            }
        }
        return words;
    }

    // ---- text as it is drawn ----

    // Each text node a reader sees, with the boxes of its lines:
    //   whole  the line box's height, from the font's tallest ascender to its lowest descender
    //   ink    as high as this text's own letters reach; fonts for Arabic have boxes far higher than most words
    //   core   the middle, about as high as an x
    //   seen   what of `ink` no ancestor scrolls out of sight
    //   lost   how much of `ink` an ancestor cuts off without a way to scroll to it, and which (`by`)
    function shownTexts() {
        const texts = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const element = node.parentElement;
            if (!node.data.trim() || element.closest("script, style, template, noscript, svg, option, rt, rp")) continue;
            if (!isShown(element)) continue;
            range.selectNodeContents(node);
            const text = visibleText(node.data);
            const reach = inkOf(text, element);
            const around = clippers(element);
            const rects = [...range.getClientRects()]
                .filter((rect) => rect.width > 0.5 && rect.height > 0.5)
                .map((whole) => cut(whole, reach, around))
                .filter((rect) => rect && !isOffPage(element, rect.whole));
            if (rects.length) texts.push({ node, element, text, rects, block: blockOf(element) });
        }
        return texts;
    }

    function cut(whole, reach, around) {
        const { left, right } = whole;
        const middle = (whole.top + whole.bottom) / 2;
        const vertical = reach ?? { top: 0, bottom: whole.height, core: whole.height / 2 };
        const ink = { left, right, top: whole.top + vertical.top, bottom: whole.top + vertical.bottom };
        const core = { left, right, top: middle - vertical.core / 2, bottom: middle + vertical.core / 2 };
        const seen = { ...ink };
        let lost = 0;
        let by = null;
        for (const { element, box, x, y } of around) {
            const beyond = Math.max(
                x === "cut" ? Math.max(box.left - seen.left, seen.right - box.right) : 0,
                y === "cut" ? Math.max(box.top - seen.top, seen.bottom - box.bottom) : 0,
            );
            if (beyond > lost) [lost, by] = [beyond, element];
            if (x !== "shown") [seen.left, seen.right] = [Math.max(seen.left, box.left), Math.min(seen.right, box.right)];
            if (y !== "shown") [seen.top, seen.bottom] = [Math.max(seen.top, box.top), Math.min(seen.bottom, box.bottom)];
        }
        // Scrolled out of sight: there, but over nothing.
        if (!lost && (seen.right <= seen.left || seen.bottom <= seen.top)) return null;
        const within = (box) => ({
            left: Math.max(box.left, seen.left),
            right: Math.min(box.right, seen.right),
            top: Math.max(box.top, seen.top),
            bottom: Math.min(box.bottom, seen.bottom),
        });
        return { whole, ink: within(ink), core: within(core), seen, lost, by };
    }

    const canvas = document.createElement("canvas").getContext("2d");
    const reaches = new Map();

    function inkOf(text, element) {
        const style = getComputedStyle(element);
        if (!style.writingMode.startsWith("horizontal")) return null;
        const font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        const shown = style.textTransform === "uppercase" ? text.toUpperCase() : text;
        const key = `${font} ${shown}`;
        if (!reaches.has(key)) {
            canvas.font = font;
            const size = canvas.measureText(shown);
            reaches.set(key, {
                top: size.fontBoundingBoxAscent - size.actualBoundingBoxAscent,
                bottom: size.fontBoundingBoxAscent + size.actualBoundingBoxDescent,
                core: parseFloat(style.fontSize) / 2,
            });
        }
        return reaches.get(key);
    }

    // The ancestors that text cannot leave. "cut" hides what goes beyond, "scrolled" keeps it within reach.
    function clippers(start) {
        const found = [];
        let position = "static";
        for (let element = start; element && element !== document.body; element = element.parentElement) {
            const style = getComputedStyle(element);
            const contains = style.transform !== "none" || style.contain.includes("paint");
            // What is positioned is clipped by its containing block, not by what lies between.
            if (position === "fixed" && !contains) continue;
            if (position === "absolute" && style.position === "static" && !contains) continue;
            const [x, y] = [style.overflowX, style.overflowY].map((overflow) =>
                overflow === "visible" ? "shown" : overflow === "auto" || overflow === "scroll" ? "scrolled" : "cut");
            if (style.display !== "inline" && (x !== "shown" || y !== "shown")) {
                found.push({ element, box: element.getBoundingClientRect(), x, y });
            }
            position = style.position;
        }
        return found;
    }

    function blockOf(element) {
        while (/^(inline|ruby|contents)$/.test(getComputedStyle(element).display) && element !== document.body) element = element.parentElement;
        return element;
    }

    // A link to skip the menu waits off the page until it has the focus.
    function isOffPage(element, rect) {
        const out = rect.right <= 0 || rect.left >= document.documentElement.clientWidth || rect.bottom + scrollY <= 0;
        if (!out) return false;
        for (let e = element; e; e = e.parentElement) {
            if (/absolute|fixed/.test(getComputedStyle(e).position)) return true;
        }
        return false;
    }

    function isShown(element) {
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
        for (let e = element; e && e !== document.body; e = e.parentElement) if (isForScreenReaders(e)) return false;
        return true;
    }

    // The ways to hide text from the eye alone: a box of a pixel, or one clipped to nothing.
    function isForScreenReaders(element) {
        const style = getComputedStyle(element);
        if (/^rect\((0|1)px,? (0|1)px,? (0|1)px,? (0|1)px\)$/.test(style.clip)) return true;
        if (/^inset\((50|100)%\)$/.test(style.clipPath)) return true;
        const box = element.getBoundingClientRect();
        return style.overflowX !== "visible" && /absolute|fixed/.test(style.position) && box.width <= 1 && box.height <= 1;
    }

    // ---- empty shells ----

    // Empty, these are wrong even where they take no room: they are read out, and their margins show.
    const NEVER_EMPTY = "p, li, dd, dt, h1, h2, h3, h4, h5, h6, figure, figcaption, ul, ol, dl";
    // Empty, these are wrong where they are drawn.
    const NEVER_EMPTY_BOX = "section, nav, aside, header, footer, article, main, a, span, time, cite, blockquote, pre";
    const SEPARATOR = /^[·•|]|[·•|]$/;

    function shells() {
        const found = [];
        const say = (kind, element, what) => found.push({ kind, selector: selectorOf(element), what });
        for (const element of document.body.querySelectorAll(`${NEVER_EMPTY}, ${NEVER_EMPTY_BOX}`)) {
            if (!isShown(element) || element.closest('[aria-hidden="true"]')) continue;
            const text = visibleText(element.innerText);
            const hasMedia = [...element.querySelectorAll(MEDIA)].some((media) => media.checkVisibility());
            if (!text && !hasMedia && (element.matches(NEVER_EMPTY) || isDrawn(element))) {
                const { width, height } = element.getBoundingClientRect();
                say("empty element", element, `nothing in a box of ${px(width)} × ${px(height)} px`);
            } else if (element.matches("p, li, dd, dt, figcaption, h1, h2, h3, h4, h5, h6") && SEPARATOR.test(text)) {
                say("separator beside nothing", element, quote(text));
            } else if (element.matches("section, aside") && !hasMedia && text && text === headingsOf(element)) {
                say("heading above nothing", element, quote(text));
            }
        }
        return found;
    }

    function isDrawn(element) {
        const { width, height } = element.getBoundingClientRect();
        return width > 0.5 && height > 0.5;
    }

    const headingsOf = (element) =>
        visibleText([...element.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((heading) => heading.innerText).join(" "));

    // ---- words for reports ----

    function selectorOf(element) {
        const parts = [];
        for (let e = element; e && e !== document.body && parts.length < 4; e = e.parentElement) {
            let part = e.localName + (e.id ? `#${CSS.escape(e.id)}` : "");
            if (!e.id) {
                part += [...e.classList].map((name) => `.${CSS.escape(name)}`).join("");
                const twins = [...(e.parentElement?.children ?? [])].filter((other) => other.localName === e.localName);
                if (twins.length > 1) part += `:nth-of-type(${twins.indexOf(e) + 1})`;
            }
            parts.unshift(part);
            if (e.id) break;
        }
        return parts.join(" > ") || element.localName;
    }

    // Marks of direction and joiners take no room.
    function visibleText(text) {
        return text.replace(/[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, "").replace(/\s+/g, " ").trim();
    }

    const quote = (text) => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
    const px = (number) => Math.round(number * 10) / 10;
})();
