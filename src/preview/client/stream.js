// Hears of changes: one stream of events for all tabs. Everything starts here.

// A browser has six connections to a host, whatever the number of tabs. So one tab holds a lock and listens for
// all; when it closes, the next gets the lock. Where there are no locks, a hidden tab does not listen.
const shared = Boolean(navigator.locks && window.BroadcastChannel);

function join() {
    const leaver = new AbortController();
    const { signal } = leaver;
    if (shared) {
        const channel = new BroadcastChannel(NAME);
        channel.onmessage = ({ data }) => heard(data);
        signal.addEventListener("abort", () => channel.close());
        const tell = (event) => {
            channel.postMessage(event);
            heard(event);
        };
        const hold = () => new Promise((release) => {
            signal.addEventListener("abort", release);
            listen(tell, signal);
        });
        navigator.locks.request(NAME, { signal }, hold).catch(() => {});
    } else listen(heard, signal);
    return leaver;
}

function listen(tell, signal) {
    let stream;
    let timer;
    let wait = 500;
    const open = () => {
        stream = new EventSource(`${OWN}events`);
        stream.addEventListener("edition", ({ data }) => {
            wait = 500;
            tell(JSON.parse(data));
        });
        stream.addEventListener("error", () => {
            // After some errors a stream tries again by itself, after others it does not.
            if (stream.readyState !== EventSource.CLOSED || signal.aborted) return;
            timer = setTimeout(open, wait);
            wait = Math.min(2 * wait, 4_000);
        });
    };
    open();
    signal.addEventListener("abort", () => {
        clearTimeout(timer);
        stream.close();
    });
}

function heard({ edition, follow }) {
    const wanted = follow && "follow" in host.dataset && !document.hidden && window === window.top;
    // Whoever goes back to where they were is not taken along a second time.
    const news = edition !== host.dataset.edition && edition !== recall("sessionStorage", "followed");
    if (wanted && news && pathOf(follow) !== pathOf(location.href)) {
        keep("sessionStorage", "followed", edition);
        location.assign(follow);
    } else check();
}

let joined = null;
const quit = () => {
    joined?.abort();
    joined = null;
};
const wake = () => {
    if (shared || !document.hidden) joined ??= join();
    leaving = false;
    check();
};
// The browser keeps no page for the back button that has a stream open or a lock.
addEventListener("pagehide", quit);
addEventListener("pageshow", ({ persisted }) => persisted && wake());
document.addEventListener("freeze", quit);
document.addEventListener("resume", wake);
document.addEventListener("visibilitychange", () => {
    if (!document.hidden) wake();
    else if (!shared) quit();
});
addEventListener("online", () => {
    quit();
    wake();
});

settlePanel();
const learned = learn();
wake();
