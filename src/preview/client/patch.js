// Mends the page in place.
//
// Three trees are at hand when a page has changed: what was served, what is served now, and the page as it stands,
// which its reader and its scripts have had their hands on. The first two are compared, and only what differs between
// them is done to the third. So what a person typed, opened or started to play is never even looked at.

// The document that was served last, and the node of the page that each of its nodes became.
let served;
let servedPanel = document.createDocumentFragment();
const liveOf = new WeakMap();

const isOwn = (node) => node.localName === NAME || (node.localName === "script" && node.getAttribute("src")?.startsWith(OWN));
const parts = (node) => [...node.childNodes].filter((child) => child.nodeType !== Node.DOCUMENT_TYPE_NODE && !isOwn(child));

// The page as it is served now, and the host in it; none where it is no page any more.
async function fetchPage() {
    const answer = await get(location.pathname + location.search);
    if (answer.redirected || !answer.headers.get("content-type")?.startsWith("text/html")) return {};
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // This parser runs no scripts, and reads as elements what is text to the page's own.
    for (const element of page.querySelectorAll("noscript")) element.textContent = element.innerHTML;
    return withoutOwn(page);
}

function withoutOwn(page) {
    const own = [...page.querySelectorAll(`${NAME}, script[src^="${OWN}"]`)];
    own.forEach((node) => node.remove());
    return { page, own: own.filter((node) => node.localName === NAME).pop() };
}

// Asked for once more, since scripts and extensions touched the page before this script could look.
async function learn() {
    const { key } = host.dataset;
    const { page, own } = await fetchPage().catch(() => ({}));
    served = own?.dataset.key === key ? page : withoutOwn(document.cloneNode(true)).page;
    bind(served, document);
    servedPanel.append(...[...shadow.childNodes].map((node) => node.cloneNode(true)));
    bind(servedPanel, shadow);
}

function bind(source, live, equal = source.isEqualNode(live)) {
    liveOf.set(source, live);
    const [ours, theirs] = [parts(source), parts(live)];
    if (equal) ours.forEach((child, at) => bind(child, theirs[at], true));
    else for (const [child, own] of match(theirs, ours)) bind(child, own);
}

// From a node that was served to its equal that is served now.
function inherit(before, now) {
    if (liveOf.has(before)) liveOf.set(now, liveOf.get(before));
    const olds = parts(before);
    parts(now).forEach((child, at) => inherit(olds[at], child));
}

// `sheets` are style sheets that stand in the page already, by the node that is served for them.
function patch(before, now, live, sheets = new Map()) {
    if (before.isEqualNode(now)) return inherit(before, now);
    liveOf.set(now, live);
    if (now instanceof CharacterData) return patchText(before.data, now.data, live);
    if (now instanceof Element) patchAttributes(before, now, live);
    patchChildren(before, now, live, sheets);
    // A player does not notice by itself that it has other sources.
    if (live instanceof HTMLMediaElement && !live.hasAttribute("src") && before.innerHTML !== now.innerHTML) live.load();
}

function patchAttributes(before, now, live) {
    const names = new Set([...before.getAttributeNames(), ...now.getAttributeNames()]);
    // The reader opens and closes these.
    if (now.matches("details, dialog")) names.delete("open");
    for (const name of names) {
        const value = now.getAttribute(name);
        if (before.getAttribute(name) === value) continue;
        if (value === null) live.removeAttribute(name);
        // The parser takes names that `setAttribute` does not; a copy has them, and their namespace.
        else live.setAttributeNode(now.getAttributeNode(name).cloneNode());
    }
}

// What stays is never moved: a frame would load anew, a film begin again. What is new goes behind its neighbour.
function patchChildren(before, now, live, sheets) {
    const [olds, news] = [parts(before), parts(now)];
    const pairs = match(olds, news);
    const kept = new Set(pairs.values());
    for (const old of olds) if (!kept.has(old)) liveOf.get(old)?.remove();
    let last = null;
    for (const node of news) {
        const old = pairs.get(node);
        let own = sheets.get(node) ?? liveOf.get(old);
        if (!own && !old) {
            own = document.importNode(node, true);
            live.insertBefore(own, last ? last.nextSibling : live.firstChild);
            bind(node, own, true);
        } else if (own && !sheets.has(node)) patch(old, node, own, sheets);
        if (own?.parentNode === live) last = own;
    }
}

// Only the part that differs, so that a selection beside it stays.
function patchText(before, now, live) {
    if (live.data !== before) return void (live.data = now);
    const shorter = Math.min(before.length, now.length);
    let start = 0;
    while (start < shorter && before[start] === now[start]) start += 1;
    let end = 0;
    while (end < shorter - start && before.at(-1 - end) === now.at(-1 - end)) end += 1;
    live.replaceData(start, before.length - start - end, now.slice(start, now.length - end));
}
