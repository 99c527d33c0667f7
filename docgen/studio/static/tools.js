// What the parts of the page share: elements, and what the server is asked.

export const $ = (id) => document.getElementById(id);

export function element(name, words = "", more = {}) {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  for (const [key, value] of Object.entries(more)) made.setAttribute(key, value);
  return made;
}

export function button(words, pressed, more = {}) {
  const made = element("button", words, { type: "button", ...more });
  made.addEventListener("click", pressed);
  return made;
}

export const many = (count, one, several) => `${count.toLocaleString("da-DK")} ${count === 1 ? one : several}`;

export async function ask(what, parameters = {}) {
  const response = await fetch(`${what}?${new URLSearchParams(parameters)}`, { cache: "no-store" });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

export async function post(what, told = {}) {
  const response = await fetch(what, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(told),
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

// One question of a sort at a time; what changes meanwhile is asked for once more.
export function latest(work, failed) {
  let running = null;
  let again = false;
  return function run() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        try {
          await work();
        } catch (error) {
          if (error instanceof TypeError) failed();
          else console.warn(error);
        }
      } while (again);
      running = null;
    })();
    return running;
  };
}

/** A place as a link that opens it in VS Code. */
export function where(place, words) {
  const name = place.file.replace(/^content\//, "");
  const told = words ?? (place.line ? `${name}, linje ${place.line}` : name);
  return place.link ? element("a", told, { href: place.link, class: "where" }) : element("span", told, { class: "where" });
}

/** Says something to everybody, also to those who do not see it. */
export function say(words, isBad = false) {
  $("said").textContent = words;
  $("said").classList.toggle("bad", isBad);
}

/** Hands an address to the program that is registered for it; the page stays. */
export function open(link) {
  const made = element("a", "", { href: link });
  document.body.append(made);
  made.click();
  made.remove();
}
