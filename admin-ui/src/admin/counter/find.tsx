import { Button, Input } from 'antd';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import type { CounterWorkerFragment } from '../gql/graphql';
import { type Prefill, useLookUp } from './look-up';

interface Props {
  marketId: string | null;
  box: RefObject<HTMLTextAreaElement | null>;
  onFound: (worker: CounterWorkerFragment) => void;
  onNew: (prefill: Prefill) => void;
}

/** A reader types faster than anybody: what comes so soon after Enter is its next line. */
const READER_MS = 120;

/** Who stands here: a number or the text of the card reader, in one field. Whoever is known is shown, the form of others opens. */
export function Find({ marketId, box, onFound, onNew }: Props) {
  const t = useT();
  const id = useId();
  const { can } = useSession();
  const lookUp = useLookUp(marketId);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  const find = async (value: string) => {
    setBusy(true);
    setWrong(null);
    const found = await lookUp(value);
    setBusy(false);
    if (found.kind === 'wrong') {
      setWrong(found.message);
      box.current?.focus();
      return;
    }
    setText('');
    if (found.kind === 'known') onFound(found.worker);
    else onNew(found.prefill);
  };
  const reader = useReader((value) => void find(value));
  // Whoever comes to this screen begins here.
  useEffect(() => {
    requestAnimationFrame(() => box.current?.focus());
  }, [box]);

  return (
    <div className="find">
      <label htmlFor={id}>{t('counter.find')}</label>
      <div className="find-row">
        <Input.TextArea
          id={id}
          ref={(input) => {
            box.current = input?.resizableTextArea?.textArea ?? null;
          }}
          value={text}
          autoSize={{ minRows: 1, maxRows: 6 }}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={wrong !== null}
          aria-describedby={`${id}-hint ${id}-wrong`}
          onChange={(e) => setText(reader.typed(e.target.value))}
          onKeyDown={reader.key}
        />
        <Button type="primary" loading={busy} onClick={() => void find(text)}>
          {t('counter.findGo')}
        </Button>
      </div>
      <p id={`${id}-hint`} className="soft">
        {t(can('worker.look_up') ? 'counter.findHint' : 'counter.findHintForm')}
      </p>
      <p id={`${id}-wrong`} className="issue" role="alert">
        {wrong}
      </p>
    </div>
  );
}

/** Enter looks up, unless a reader goes on typing: then it was the end of one of its lines. */
function useReader(find: (text: string) => void) {
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; line: number } | null>(null);
  const now = useRef(find);
  now.current = find;
  const stop = () => {
    clearTimeout(waiting.current?.timer);
    waiting.current = null;
  };
  useEffect(() => () => clearTimeout(waiting.current?.timer), []);
  return {
    typed: (text: string) => {
      const line = waiting.current?.line;
      stop();
      return line === undefined ? text : `${text.slice(0, line)}\n${text.slice(line)}`;
    },
    key: (event: KeyboardEvent<HTMLTextAreaElement>) => {
      if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
      event.preventDefault();
      const field = event.currentTarget;
      stop();
      const timer = setTimeout(() => {
        waiting.current = null;
        now.current(field.value);
      }, READER_MS);
      waiting.current = { timer, line: field.value.length };
    },
  };
}
