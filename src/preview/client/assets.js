// Style sheets and pictures, renewed without a flash.

// Of names that change with their contents: `site.1a2b3c4d5e.css`.
const FINGERPRINT = /\.[0-9a-f]{8,}(?=\.[^./]+$)/;
const MAY_BE_IN_SHEETS = /\.(css|woff2?|[ot]tf|png|jpe?g|gif|webp|avif|svg)$/i;

const sheetsIn = (page) => [...page.querySelectorAll("link[rel~=stylesheet][href]")].filter((link) => link instanceof HTMLLinkElement);
const addressOf = (text) => (URL.canParse(text, document.baseURI) ? new URL(text, document.baseURI) : new URL("about:blank"));
const pathOf = (text) => decodeURIComponent(addressOf(text).pathname.replace(/%(?![0-9a-f]{2})/gi, "%25"));
const stem = (text) => addressOf(text).pathname.replace(FINGERPRINT, "");

// Whether what lies at an address has changed; it may have where nobody knows and its name does not tell.
function staleness(assets) {
    const changed = new Set(assets?.map(pathOf));
    return (text) => {
        const { origin, pathname } = addressOf(text);
        return origin === location.origin && (assets ? changed.has(pathOf(text)) : !FINGERPRINT.test(pathname));
    };
}

function stamped(text) {
    const address = addressOf(text);
    address.searchParams.set("v", host.dataset.edition);
    return address.href;
}

// Style sheets may use what the page does not name: fonts, pictures, other style sheets. All are taken for stale
// then, and the browser's cache is told.
async function stalenessOfSheets(assets, page) {
    const named = new Set([...sheetsIn(page).map((link) => stem(link.href)), ...[...document.images].map((image) => stem(image.currentSrc))]);
    const others = (assets ?? []).filter((asset) => MAY_BE_IN_SHEETS.test(asset) && !named.has(stem(asset)));
    await Promise.allSettled(others.slice(0, 50).map((asset) => fetch(asset, { cache: "reload" })));
    return others.length ? (text) => addressOf(text).origin === location.origin : staleness(assets);
}

// Puts new style sheets beside those they replace, and waits until they have come. They take no part before the
// rest of the page is new as well.
async function prepareSheets(page, isStale) {
    const before = sheetsIn(served);
    const changes = [];
    let last;
    for (const node of sheetsIn(page)) {
        const twin = before.find((link) => link.isEqualNode(node));
        const old = liveOf.get(twin ?? before.find((link) => stem(link.href) === stem(node.href)));
        const stale = isStale(node.href);
        if (twin && !stale) {
            last = old ?? last;
            continue;
        }
        const link = document.importNode(node);
        if (stale) link.href = stamped(node.href);
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

function renewPictures(isStale) {
    const renewed = (text) => (isStale(text) ? stamped(text) : text);
    for (const image of document.querySelectorAll("img[src], img[srcset], source[srcset]")) {
        const { src, srcset } = { src: image.getAttribute("src"), srcset: image.getAttribute("srcset") };
        if (src && isStale(src)) image.setAttribute("src", renewed(src));
        const fresh = srcset?.replace(/([^\s,]\S*[^\s,])(\s+[\d.]+[wxh])?(?=\s*(,|$))/g, (_, text, size = "") => renewed(text) + size);
        if (fresh !== srcset && srcset) image.setAttribute("srcset", fresh);
    }
}
