// What runs inside the page: the clock of the frames is the browser's own.

/** From a click on a link until the queue is drawn and one of its rows can be moved from; milliseconds. */
export function clickUntilUsable(page, link) {
  return page.evaluate(
    name =>
      new Promise((resolve, reject) => {
        const entry = [...document.querySelectorAll('nav a')].find(a =>
          (a.getAttribute('aria-label') ?? a.textContent).startsWith(name),
        );
        if (!entry) {
          reject(new Error(`There is no link ${name}`));
          return;
        }
        const began = performance.now();
        const look = () => {
          if (document.querySelector('ul > li > a[aria-current]')) {
            // The frame after: what was drawn is on the screen.
            requestAnimationFrame(() => resolve(performance.now() - began));
          } else {
            requestAnimationFrame(look);
          }
        };
        requestAnimationFrame(look);
        entry.click();
      }),
    link,
  );
}

/** Notes when frames begin until it is told to stop; answers the lengths between them. */
export async function watchFrames(page) {
  await page.evaluate(() => {
    const times = [];
    let on = true;
    const note = time => {
      times.push(time);
      if (on) {
        requestAnimationFrame(note);
      }
    };
    requestAnimationFrame(note);
    window.stopFrames = () => {
      on = false;
      return times.slice(1).map((time, at) => time - times[at]);
    };
  });
  return () => page.evaluate(() => window.stopFrames());
}

/** The place of the selected row among all, from 1. */
export function selectedPlace(page) {
  return page.evaluate(() =>
    Number(
      document
        .querySelector('li > a[aria-current]')
        .parentElement.getAttribute('aria-posinset'),
    ),
  );
}
