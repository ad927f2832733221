import { append, h, ICONS, icon, replace } from './dom';
import { beforeRedraw, type Prefs, prefs, savePrefs } from './prefs';
import { cityName, t } from './text';

interface FrameCity {
  slug: string;
  nameZh: string;
  nameEn: string;
  hotline: string | null;
}

/** Reaches somebody everywhere. No city's own line: it is called national wherever it stands in for one that is not published. */
export const NATIONAL_LINE = '12333';

/** Header, main and footer around a page; answers the `main` to fill. */
export function frame(city: FrameCity | null, redraw: () => void): HTMLElement {
  const app = document.getElementById('app') as HTMLElement;
  const main = h('main', { id: 'main', tabindex: '-1' });
  const focused = document.activeElement?.id;
  const settingsOpen = document.querySelector<HTMLDetailsElement>('#settings')?.open;
  const skip = h('a', { class: 'skip', href: '#main' }, t('app.skip'));
  replace(app, skip, header(city, redraw), city && areas(city), main, footer(city));
  // A changed setting draws the page anew; who changed it by keyboard stays where they were.
  if (settingsOpen) document.querySelector('#settings')?.setAttribute('open', '');
  if (focused) document.getElementById(focused)?.focus();
  return main;
}

function header(city: FrameCity | null, redraw: () => void) {
  const home = city ? `/${city.slug}` : '/';
  return h(
    'header',
    { class: 'top' },
    h(
      'a',
      { class: 'brand', href: home },
      h('img', { src: '/assets/yizhan-mark.svg', alt: '', width: 40, height: 40 }),
      h('span', null, h('b', null, t('app.name')), city && h('small', null, cityName(city))),
    ),
    h('div', { class: 'switches' }, modeButton(redraw), languageButton(redraw), settings(redraw)),
  );
}

/** The four things a city's pages are for; all of them in reach of a thumb, on one line. */
function areas({ slug }: FrameCity) {
  const [, , area = ''] = location.pathname.split('/');
  const entries = [
    ['', 'nav.markets', area === '' || area === 'markets'],
    ['/work', 'nav.work', area === 'work'],
    ['/hire', 'nav.hire', area === 'hire'],
    ['/me', 'nav.me', area === 'me'],
  ] as const;
  return h(
    'nav',
    { class: 'areas', 'aria-label': t('nav.title') },
    entries.map(([path, key, here]) => h('a', { href: `/${slug}${path}`, 'aria-current': here && 'page' }, t(key))),
  );
}

/** A part of a page with its heading. */
export function section(title: string, ...children: Parameters<typeof h>[2][]) {
  return h('section', { class: 'block' }, h('h2', null, title), ...children);
}

function change(value: Partial<Prefs>, redraw: () => void) {
  savePrefs(value);
  if (beforeRedraw.length === 0) return redraw();
  void Promise.all(beforeRedraw.map((load) => load())).then(redraw);
}

function modeButton(redraw: () => void) {
  const elder = prefs.mode === 'elder';
  return h(
    'button',
    {
      type: 'button',
      class: 'button quiet',
      id: 'mode',
      onclick: () => change({ mode: elder ? 'standard' : 'elder' }, redraw),
    },
    t(elder ? 'prefs.toStandard' : 'prefs.toElder'),
  );
}

function languageButton(redraw: () => void) {
  const next = prefs.language === 'en' ? 'zh-CN' : 'en';
  return h(
    'button',
    {
      type: 'button',
      class: 'button quiet',
      id: 'language',
      lang: next,
      onclick: () => change({ language: next }, redraw),
    },
    t('prefs.language'),
  );
}

function settings(redraw: () => void) {
  return h(
    'details',
    { class: 'settings', id: 'settings' },
    h('summary', { class: 'button quiet', title: t('prefs.title') }, icon(ICONS.settings), t('prefs.short')),
    h(
      'div',
      { class: 'panel' },
      choice('size', t('prefs.size'), [1, 2, 3] as const, prefs.size, (v) => t(`prefs.size.${v}`), redraw),
      choice(
        'theme',
        t('prefs.theme'),
        ['auto', 'light', 'dark'] as const,
        prefs.theme,
        (v) => t(`prefs.theme.${v}`),
        redraw,
      ),
    ),
  );
}

function choice<K extends 'size' | 'theme', V extends Prefs[K]>(
  name: K,
  title: string,
  values: readonly V[],
  current: Prefs[K],
  label: (value: V) => string,
  redraw: () => void,
) {
  return h(
    'fieldset',
    null,
    h('legend', null, title),
    values.map((value) =>
      h(
        'label',
        { class: 'radio' },
        h('input', {
          type: 'radio',
          name,
          id: `${name}-${value}`,
          checked: value === current,
          onchange: () => change({ [name]: value } as Partial<Prefs>, redraw),
        }),
        label(value),
      ),
    ),
  );
}

function footer(city: FrameCity | null) {
  const own = city?.hotline;
  const text = own ? t('app.hotline', { phone: own }) : t('app.national', { phone: NATIONAL_LINE });
  return h(
    'footer',
    { class: 'bottom' },
    h('p', null, h('a', { href: `tel:${own ?? NATIONAL_LINE}` }, text)),
    h('p', null, t('app.about')),
    h(
      'p',
      null,
      city && [h('a', { href: `/${city.slug}/verify` }, t('app.verify')), ' · '],
      h('a', { href: '/' }, t('app.home')),
      ' · ',
      h('a', { href: '/admin/' }, t('app.staff')),
    ),
  );
}

/** Says that something failed, with a way to try again and a number to call. */
export function trouble(main: Element, message: string, retry: () => void) {
  replace(
    main,
    h('div', { class: 'notice bad', role: 'alert' }, h('p', null, message)),
    h('button', { type: 'button', class: 'button', onclick: retry }, t('app.retry')),
  );
}

export function waiting(main: Element) {
  replace(main, h('p', { class: 'waiting', role: 'status' }, t('app.loading')));
}

/** The last net: a fault nobody foresaw leaves words and a number, never a white page. */
export function watchFaults() {
  const show = () => {
    if (document.getElementById('broken')) return;
    const note = h('div', { class: 'notice bad', role: 'alert', id: 'broken' });
    append(note, [t('app.broken', { phone: NATIONAL_LINE })]);
    document.body.prepend(note);
  };
  window.addEventListener('error', show);
  window.addEventListener('unhandledrejection', show);
}
