// News from the server. A browser opens at most six connections to one place, so one page listens for all of them:
// whoever holds the lock; when that page is closed, the next one takes it over.

const NAME = "docgen-news";

export function listenToNews(hear) {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = (event) => {
    if (event.data.sort !== "who") hear(event.data);
  };
  const listen = () => {
    let wasOn = false;
    let isOn = false;
    const tell = (news) => {
      hear(news);
      channel.postMessage(news);
    };
    const source = new EventSource("news");
    source.onopen = () => {
      tell({ sort: "on", again: wasOn });
      [wasOn, isOn] = [true, true];
    };
    source.onerror = () => {
      isOn = false;
      tell({ sort: "off" });
    };
    source.onmessage = (event) => tell(JSON.parse(event.data));
    channel.addEventListener("message", (event) => {
      if (event.data.sort === "who" && isOn) channel.postMessage({ sort: "on", again: false });
    });
    return new Promise(() => {});
  };
  if (navigator.locks) {
    channel.postMessage({ sort: "who" });
    navigator.locks.request(NAME, listen);
  } else listen();
}
