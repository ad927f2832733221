import './tokens.css';
import './style.css';
import './parts.css';
import './print.css';
import { PublicFault } from './api';
import { showCities } from './cities';
import { showDirectory } from './directory';
import { h, replace } from './dom';
import { frame, NATIONAL_LINE, trouble, watchFaults } from './frame';
import { showMarket } from './market';
import { applyPrefs } from './prefs';
import { showPrint } from './print';
import { routeAt } from './routes';
import { t } from './text';

function notFound(back: string) {
  document.title = t('app.notFound');
  replace(
    frame(null, () => void start()),
    h('h1', null, t('app.notFound')),
    h('p', null, t('app.notFoundHelp')),
    h('p', null, h('a', { class: 'button', href: back }, t('app.back'))),
  );
}

function show(path: string): Promise<void> | void {
  const route = routeAt(path);
  switch (route.page) {
    case 'cities':
      return showCities();
    case 'directory':
      return showDirectory(route.slug);
    case 'print':
      return showPrint(route.slug);
    case 'market':
      return showMarket(route.slug, route.id);
    case 'work':
      return import('./work/index').then(({ showWork }) => showWork(route));
    case 'hire':
      return import('./work/hire/index').then(({ showHiringSide }) => showHiringSide(route));
    case 'papers':
      return import('./papers/index').then(({ showPaper }) => showPaper(route));
    default:
      return notFound(route.back);
  }
}

async function start() {
  applyPrefs();
  try {
    await show(location.pathname);
  } catch (fault) {
    if (!(fault instanceof PublicFault)) throw fault;
    if (fault.kind === 'notFound') return notFound('/');
    const message = fault.kind === 'offline' ? t('app.offline') : t('app.refused', { message: fault.message });
    trouble(
      frame(null, () => void start()),
      `${message} ${t('app.national', { phone: NATIONAL_LINE })}`,
      () => void start(),
    );
  }
}

watchFaults();
void start();
