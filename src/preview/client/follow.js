// Catches up with what the server shows.

const PROGRAM = /^(module|importmap|speculationrules|(text|application)\/(x-)?(java|ecma)script)?$/i;

// After a sleep an answer may never come.
const get = (address) => fetch(address, { cache: "no-store", signal: AbortSignal.timeout(15_000) });

let leaving = false;

// Leaves the page as it stands, but not twice from the same state to the same.
function leave(why, edition, go = () => location.reload()) {
    const mark = [why, host.dataset.edition, location.pathname].join(" ");
    const left = JSON.parse(recall("sessionStorage", "left") ?? "{}");
    const marks = left.edition === edition ? left.marks : [];
    if (marks.includes(mark)) return false;
    keep("sessionStorage", "left", JSON.stringify({ edition, marks: [...marks, mark] }));
    leaving = true;
    go();
    return true;
}

async function askStatus() {
    const { key = "", source = "", body = "", edition = "" } = host.dataset;
    const asked = Object.entries({ path: location.pathname, key, source, body, edition });
    const answer = await get(`${OWN}status?${asked.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`);
    if (!answer.ok) throw new Error(`the preview answers ${answer.status}`);
    return answer.json();
}

async function update() {
    const status = await askStatus();
    const { verdict, edition, assets } = status;
    if (verdict === "moved" && addressOf(status.to).pathname !== location.pathname) {
        if (leave(verdict, edition, () => location.replace(status.to + location.hash))) return;
    }
    const { page, own } = verdict === "changed" ? await fetchPage() : { page: served, own: elementOf(status.own) };
    if (needsReload(page, own, assets) && leave("load", edition)) return;
    if (!page) return;
    await renew(page, assets, edition);
    takeOver(own ?? host);
    showPanel(status.panel);
}

function elementOf(html) {
    return html === null ? host : new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
}

function takeOver(own) {
    for (const name of host.getAttributeNames()) if (name.startsWith("data-") && !own.hasAttribute(name)) host.removeAttribute(name);
    for (const { name, value } of [...own.attributes]) host.setAttribute(name, value);
    // Beside the panel stand styles that mark links to what readers would not see.
    host.replaceChildren(...[...own.children].filter((child) => child.localName !== "template"));
}

// Only a page that loads runs other scripts and unfolds other shadow roots.
function needsReload(page, own, assets) {
    const changed = new Set(assets?.map(pathOf));
    const runs = [...served.querySelectorAll("script[src]")].some((script) => changed.has(pathOf(script.getAttribute("src"))));
    // A module may import what the page does not name.
    const mayRun = served.querySelector("script[type=module]") && [...changed].some((path) => /\.m?js$/.test(path));
    if (runs || mayRun) return true;
    return !own || ("gone" in own.dataset) !== ("gone" in host.dataset) || page.compatMode !== document.compatMode || programOf(page) !== programOf(served);
}

function programOf(page) {
    const runs = (node) => node.localName === "template" || PROGRAM.test(node.getAttribute("type") ?? "");
    return [...page.querySelectorAll("script, template")].filter(runs).map((node) => node.outerHTML).join();
}

async function renew(page, assets, edition) {
    await noteChanges(assets, edition, page);
    const sheets = await prepareSheets(page);
    try {
        if (page !== served) patch(served, page, document, new Map(sheets.map(({ node, link }) => [node, link])));
    } catch (error) {
        // Half a page is worse than a new one.
        if (!leave("patch", edition)) throw error;
    }
    served = page;
    useSheets(sheets);
    // It went with the element that an unclosed tag had put it into.
    if (!host.isConnected) document.body.append(host);
    renewFiles();
}

let asking = false;
let askAgain = false;
let patience = 500;

// Asks what has become of this page, and again where something happened meanwhile.
async function check() {
    askAgain = true;
    if (asking || leaving) return;
    asking = true;
    try {
        await learned;
        while (askAgain && !leaving) {
            askAgain = false;
            await update();
        }
        patience = 500;
    } catch (error) {
        console.debug("Dateline preview:", error);
        patience = Math.min(2 * patience, 5_000);
        // A hidden tab asks when it is looked at.
        if (!document.hidden) setTimeout(check, patience);
    } finally {
        asking = false;
    }
}
