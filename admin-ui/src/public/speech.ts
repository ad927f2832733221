import { h, ICONS, icon, replace } from './dom';
import { prefs } from './prefs';
import { t } from './text';

/** A button that reads the page aloud, where the phone can; otherwise nothing. */
export function speakButton(words: () => string): HTMLElement | null {
  if (!('speechSynthesis' in window)) return null;
  const button = h('button', { type: 'button', class: 'button quiet' });
  const show = (speaking: boolean) => {
    button.setAttribute('aria-pressed', String(speaking));
    replace(button, icon(ICONS.speaker), t(speaking ? 'speak.stop' : 'speak.start'));
  };
  button.addEventListener('click', () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      show(false);
      return;
    }
    const utterance = new SpeechSynthesisUtterance(words());
    utterance.lang = prefs.language;
    utterance.rate = prefs.mode === 'elder' ? 0.85 : 1;
    utterance.onend = utterance.onerror = () => show(false);
    speechSynthesis.speak(utterance);
    show(true);
  });
  window.addEventListener('pagehide', () => speechSynthesis.cancel());
  show(false);
  return button;
}
