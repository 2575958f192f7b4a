// Files that the page uses: style sheets, pictures, fonts. What changed is asked for anew, by an address with a stamp on
// it, for a browser does not ask twice for what the same page has already. Style sheets are swapped without a flash.

// Of names that change with their contents: `site.1a2b3c4d5e.css`.
const FINGERPRINT = /\.[0-9a-f]{8,}(?=\.[^./]+$)/;

// By the path of a file, the edition that it changed in.
const stamps = new Map();
// The edition since when anything may be other whose name does not tell: the server has begun anew.
let unsure = null;
// The address that a style sheet was put into the page with.
const shownAs = new WeakMap();

const sheetsIn = (page) => [...page.querySelectorAll("link[rel~=stylesheet][href]")].filter((link) => link instanceof HTMLLinkElement);
const addressOf = (text, base = document.baseURI) => (URL.canParse(text, base) ? new URL(text, base) : new URL("about:blank"));
const pathOf = (text) => decodeURIComponent(addressOf(text).pathname.replace(/%(?![0-9a-f]{2})/gi, "%25"));
const stem = (text) => addressOf(text).pathname.replace(FINGERPRINT, "");

async function noteChanges(assets, edition, page) {
    if (!assets) unsure = edition;
    for (const asset of assets ?? []) stamps.set(pathOf(asset), edition);
    // One that the page does not name may be imported by one that it does. Those that are imported have no stamp, so
    // the browser's cache is told.
    const named = new Set(sheetsIn(page).map((link) => stem(link.href)));
    const others = (assets ?? []).filter((asset) => asset.endsWith(".css") && !named.has(stem(asset)));
    if (!others.length) return;
    await Promise.allSettled(others.map((asset) => fetch(asset, { cache: "reload" })));
    for (const link of sheetsIn(page)) stamps.set(pathOf(link.href), edition);
}

// The address with the stamp that it should have.
function renewed(text, base) {
    const address = addressOf(text, base);
    if (address.origin !== location.origin) return text;
    const stamp = stamps.get(pathOf(address.href)) ?? (FINGERPRINT.test(address.pathname) ? null : unsure);
    if (!stamp || address.searchParams.get("v") === stamp) return text;
    address.searchParams.set("v", stamp);
    return address.href;
}

// Puts new style sheets beside those they replace, and waits until they have come. They take no part before the
// rest of the page is new as well.
async function prepareSheets(page) {
    const before = sheetsIn(served);
    const changes = [];
    let last;
    for (const node of sheetsIn(page)) {
        const twin = before.find((link) => link.isEqualNode(node));
        const old = liveOf.get(twin ?? before.find((link) => stem(link.href) === stem(node.href)));
        const href = renewed(node.href);
        // What a script removed stays away.
        if (twin && (!old || (shownAs.get(old) ?? node.href) === href)) {
            last = old ?? last;
            continue;
        }
        const link = document.importNode(node);
        if (href !== node.href) link.href = href;
        shownAs.set(link, href);
        link.media = "not all";
        const place = [old, last].find((sheet) => sheet?.isConnected);
        if (place) place.after(link);
        else document.head.append(link);
        last = link;
        changes.push({ node, old, link });
    }
    await Promise.all(changes.map(({ link }) => hasCome(link)));
    return changes;
}

const hasCome = (link) => new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
    setTimeout(done, 3_000);
});

function useSheets(changes) {
    for (const { node, old, link } of changes) {
        if (node.hasAttribute("media")) link.media = node.media;
        else link.removeAttribute("media");
        old?.remove();
        liveOf.set(node, link);
    }
}

// Pictures and fonts, in elements and in styles.
function renewFiles() {
    if (!stamps.size && !unsure) return;
    for (const image of document.querySelectorAll("img, source")) {
        for (const [name, renew] of [["src", renewed], ["srcset", renewedSet]]) {
            const text = image.getAttribute(name);
            // A film whose source changes is not loaded anew by that.
            if (text && (name === "srcset" || image.localName === "img") && renew(text) !== text) image.setAttribute(name, renew(text));
        }
    }
    for (const element of document.querySelectorAll("[style*='url(']")) renewStyle(element.style, document.baseURI);
    for (const sheet of document.styleSheets) renewSheet(sheet);
}

// `a.jpg 1x, b.jpg 2x`
function renewedSet(set) {
    return set.replace(/([^\s,]\S*[^\s,])(\s+[\d.]+[wxh])?(?=\s*(,|$))/g, (_, text, size = "") => renewed(text) + size);
}

function renewSheet(sheet) {
    try {
        for (const rule of sheet.cssRules) renewRule(rule, sheet.href ?? document.baseURI);
    } catch {
        // Of another origin, or not there.
    }
}

function renewRule(rule, base) {
    if (rule.styleSheet) renewSheet(rule.styleSheet);
    if (rule.style) renewStyle(rule.style, base);
    for (const inner of rule.cssRules ?? []) renewRule(inner, base);
}

function renewStyle(style, base) {
    if (!style.cssText.includes("url(")) return;
    for (const name of [...style]) {
        const value = style.getPropertyValue(name);
        const fresh = value.replace(/url\((["']?)((?!data:)[^"')]*)\1\)/g, (all, _, text) => {
            const address = renewed(text, base);
            return address === text ? all : `url("${address}")`;
        });
        if (fresh !== value) style.setProperty(name, fresh, style.getPropertyPriority(name));
    }
}
