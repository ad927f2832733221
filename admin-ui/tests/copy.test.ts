// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { copyText } from '../src/copy';

const shown = () =>
  document.body.appendChild(Object.assign(document.createElement('p'), { textContent: '坞城路 1 号' }));
afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
  getSelection()?.removeAllRanges();
});

describe('copying an address', () => {
  it('takes the clipboard where the browser gives it', async () => {
    const written: string[] = [];
    vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void written.push(text) } });
    expect(await copyText('坞城路 1 号', shown())).toBe(true);
    expect(written).toEqual(['坞城路 1 号']);
  });

  it.each([
    ['refused', { clipboard: { writeText: () => Promise.reject(new Error('NotAllowedError')) } }],
    ['not there', {}],
  ])('marks the text where the clipboard is %s', async (_, navigator) => {
    vi.stubGlobal('navigator', navigator);
    expect(await copyText('坞城路 1 号', shown())).toBe(false);
    expect(String(getSelection())).toBe('坞城路 1 号');
  });
});
