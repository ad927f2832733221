import './tokens.css';
import './style.css';
import './parts.css';
import './print.css';
import { PublicFault } from './api';
import { showCities } from './cities';
import { showDirectory } from './directory';
import { h, replace } from './dom';
import { FALLBACK_HOTLINE, frame, trouble, watchFaults } from './frame';
import { showMarket } from './market';
import { applyPrefs } from './prefs';
import { showPrint } from './print';
import { t } from './text';

type Page = () => Promise<void>;

/** Which page an address names: `/`, `/{city}`, `/{city}/print`, `/{city}/markets/{market}`. */
export function pageAt(path: string): Page {
  const [slug, area, id, ...rest] = path.split('/').filter(Boolean).map(decodeURIComponent);
  if (!slug) return showCities;
  if (!area) return () => showDirectory(slug);
  if (area === 'print' && !id) return () => showPrint(slug);
  if (area === 'markets' && id && rest.length === 0) return () => showMarket(slug, id);
  return async () => notFound(`/${slug}`);
}

function notFound(back: string) {
  document.title = t('app.notFound');
  replace(
    frame(null, () => void start()),
    h('h1', null, t('app.notFound')),
    h('p', null, t('app.notFoundHelp')),
    h('p', null, h('a', { class: 'button', href: back }, t('app.back'))),
  );
}

export async function start() {
  applyPrefs();
  try {
    await pageAt(location.pathname)();
  } catch (fault) {
    if (!(fault instanceof PublicFault)) throw fault;
    if (fault.kind === 'notFound') return notFound('/');
    const message = fault.kind === 'offline' ? t('app.offline') : t('app.refused', { message: fault.message });
    trouble(
      frame(null, () => void start()),
      `${message} ${t('app.hotline', { phone: FALLBACK_HOTLINE })}`,
      () => void start(),
    );
  }
}

watchFaults();
void start();
