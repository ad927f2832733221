import { describe, expect, it } from 'vitest';
import { deviceOf } from '../src/admin/kit/device';

describe('a browser in a list of sessions', () => {
  const gecko = 'AppleWebKit/537.36 (KHTML, like Gecko)';
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${gecko} Chrome/156.0.0.0 Safari/537.36`, 'Chrome 156 · Windows'],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${gecko} Chrome/156.0.0.0 Safari/537.36 Edg/156.0`,
      'Edge 156 · Windows',
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; V2330A) ${gecko} Chrome/116.0 Mobile MicroMessenger/8.0.49`,
      'WeChat 8 · Android',
    ],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605 Version/17.4 Safari/605', 'Safari 17 · macOS'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140 · Linux'],
    ['node', 'node'],
    [null, '—'],
  ])('%s is called as people call it', (agent, name) => expect(deviceOf(agent)).toBe(name));

  it('that names itself at length is cut short', () => {
    expect(deviceOf('x'.repeat(60))).toBe(`${'x'.repeat(40)}…`);
  });
});
