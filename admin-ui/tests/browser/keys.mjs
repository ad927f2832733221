/** A person without a mouse: Tab, Shift+Tab, Enter, Space, arrows. */

/** What the focus is on, as a screen reader would name it (roughly); or whether that begins with these words. Runs in the page. */
function named(words) {
  const e = document.activeElement;
  if (!e || e === document.body) return words === undefined ? '' : false;
  const label =
    e.getAttribute('aria-label') ??
    (e.id ? document.querySelector(`label[for="${CSS.escape(e.id)}"]`)?.textContent : null) ??
    e.closest('label')?.textContent;
  const name = (label ?? e.textContent ?? '').trim();
  return words === undefined ? name : name.startsWith(words);
}

export const focused = (page) => page.evaluate(named, undefined);

/** Waits for the focus to come to what begins with these words; fails when it never does. */
export async function focusOn(page, words) {
  await page.waitForFunction(named, words).catch(async () => {
    throw new Error(`the focus never came to “${words}”, it is on “${await focused(page)}”`);
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

/** Presses a key on what is named: on the very thing that Tab came to, and fails where the page has taken it away since. */
export async function pressOn(page, name, key = 'Enter', options) {
  await tabTo(page, name, options);
  const found = await page.evaluateHandle(() => document.activeElement);
  await found.asElement().press(key);
}

export async function typeInto(page, name, text, options) {
  await tabTo(page, name, options);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** A drop-down list by keyboard: type to narrow, wait for the line, Enter to take it. */
export async function choose(page, name, text, options) {
  await tabTo(page, name, options);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type(text);
  await page.locator('.ant-select-item-option-active', { hasText: text }).waitFor();
  await page.keyboard.press('Enter');
}

/** A short list by keyboard: arrows to the line, Enter to take it. */
export async function pick(page, name, text, options) {
  await tabTo(page, name, options);
  await page.keyboard.press('ArrowDown');
  const active = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active');
  await active.waitFor();
  for (let i = 0; i < 30; i += 1) {
    if ((await active.textContent()).includes(text)) {
      await page.keyboard.press('Enter');
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`no line of ${name} says ${text}`);
}
