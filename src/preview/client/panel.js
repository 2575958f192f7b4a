// Bar and overlay, and what clicks and keys do there.

function showPanel(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    patch(servedPanel, template.content, shadow);
    servedPanel = template.content;
    settlePanel();
}

// What tells the errors that are shown from others; empty where there are none.
const problemsIn = (panel = shadow.querySelector(".panel")) => panel?.dataset.problems ?? "";

let announced = "";

function settlePanel() {
    const panel = shadow.querySelector(".panel");
    const problems = problemsIn(panel);
    const dismissed = problems !== "" && recall("sessionStorage", "dismissed") === problems;
    panel?.toggleAttribute("data-dismissed", dismissed);
    panel?.toggleAttribute("data-bare", recall("localStorage", "bar") === "off");
    panel?.toggleAttribute("data-ready", true);
    const isNew = problems !== announced && !dismissed;
    announced = problems;
    // Not away from where somebody types or reads on.
    if (isNew && document.activeElement === document.body) shadow.querySelector("[role=alertdialog]")?.focus({ preventScroll: true });
}

function dismiss(problems) {
    keep("sessionStorage", "dismissed", problems);
    settlePanel();
}

function toggleBar() {
    keep("localStorage", "bar", recall("localStorage", "bar") === "off" ? "on" : "off");
    settlePanel();
}

async function copy(button) {
    const text = button.dataset.copy;
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        // There is no clipboard in pages from other machines.
        const area = shadow.appendChild(Object.assign(document.createElement("textarea"), { value: text }));
        area.select();
        document.execCommand("copy");
        area.remove();
        button.focus();
    }
    button.toggleAttribute("data-copied", true);
    setTimeout(() => button.toggleAttribute("data-copied", false), 1_500);
    const said = shadow.querySelector("[role=status]");
    if (said) said.textContent = `Copied ${text}`;
}

shadow.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if ("copy" in button.dataset) copy(button);
    if ("dismiss" in button.dataset) dismiss(problemsIn());
    if ("reopen" in button.dataset) dismiss("");
    if ("bar" in button.dataset) toggleBar();
});

document.addEventListener("keydown", (event) => {
    const [target] = event.composedPath();
    if (event.key === "Escape" && problemsIn()) dismiss(problemsIn());
    const typing = target.isContentEditable || target.closest?.("input, textarea, select");
    if (event.code !== "KeyD" || typing || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    toggleBar();
});
addEventListener("storage", settlePanel);

// While the overlay hides the page, Tab goes round in it.
shadow.addEventListener("keydown", (event) => {
    const overlay = event.target.closest("[role=alertdialog]");
    if (event.key !== "Tab" || !overlay) return;
    const stops = [...overlay.querySelectorAll("a[href], button")];
    const [ends, next] = event.shiftKey ? [[overlay, stops[0]], stops.at(-1)] : [[stops.at(-1)], stops[0]];
    if (!ends.includes(event.target)) return;
    event.preventDefault();
    next.focus();
});
