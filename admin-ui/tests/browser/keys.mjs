/** A person without a mouse: Tab, Shift+Tab, Enter, Space, arrows. */

/** What the focus is on, as a screen reader would name it (roughly). */
export function focused(page) {
  return page.evaluate(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return '';
    const label =
      e.getAttribute('aria-label') ??
      (e.id ? document.querySelector(`label[for="${CSS.escape(e.id)}"]`)?.textContent : null) ??
      e.closest('label')?.textContent;
    return (label ?? e.textContent ?? '').trim();
  });
}

/** Presses Tab until the focus is on what is named; says where it got stuck when it never is. */
export async function tabTo(page, name, { limit = 160, back = false } = {}) {
  const wanted = name instanceof RegExp ? name : null;
  const passed = [];
  for (let i = 0; i < limit; i += 1) {
    const now = await focused(page);
    if (wanted ? wanted.test(now) : now === name) return now;
    passed.push(now.slice(0, 16));
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`the Tab key never reached ${name}; passed ${[...new Set(passed)].slice(0, 60).join(' | ')}`);
}

export async function pressOn(page, name, key = 'Enter', options) {
  await tabTo(page, name, options);
  await page.keyboard.press(key);
}

export async function typeInto(page, name, text, options) {
  await tabTo(page, name, options);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** A drop-down list by keyboard: type to narrow, Enter to take. */
export async function choose(page, name, text, options) {
  await tabTo(page, name, options);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type(text);
  await page.waitForTimeout(150);
  await page.keyboard.press('Enter');
}
