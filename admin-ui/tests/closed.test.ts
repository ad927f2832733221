// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showDirectory } from '../src/public/directory';
import { showMarket } from '../src/public/market';
import { city, market, serve } from './public-market';

const spoken: string[] = [];

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  spoken.length = 0;
  vi.stubGlobal('speechSynthesis', { speaking: false, speak: ({ text }: { text: string }) => spoken.push(text) });
  vi.stubGlobal(
    'SpeechSynthesisUtterance',
    class {
      constructor(readonly text: string) {}
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

const textOf = (selector: string) => document.querySelector(selector)?.textContent ?? '';

function read() {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('.acts button')];
  buttons.find((button) => button.textContent === '读给我听')?.click();
  return spoken.join();
}

describe('how full a market is, and whom it calls', () => {
  it('are said while it is open', async () => {
    serve(city, market(true));
    await showMarket('taiyuan', 'market_1');
    expect(textOf('.heading')).toMatch(/现在开门.*人多不多.*已经满了工作人员 10:55 说的.*叫到 12 号，7 人等候/);
    expect(read()).toMatch(/现在开门.*已经满了/);
    await showDirectory('taiyuan');
    expect(textOf('.card')).toMatch(/现在开门.*已经满了/);
  });

  it('are not said of the time after it closed, not even aloud: it says that it is closed now', async () => {
    serve(city, market(false));
    await showMarket('taiyuan', 'market_1');
    expect(textOf('.heading')).toContain('现在关门');
    expect(textOf('.heading')).not.toMatch(/人多不多|已经满了|说的|排队叫号|等候/);
    expect(read()).toContain('现在关门');
    expect(read()).not.toContain('满');
    await showDirectory('taiyuan');
    expect(textOf('.card')).toContain('现在关门');
    expect(textOf('.card')).not.toContain('满');
  });
});
