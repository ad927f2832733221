import { Button, Input } from 'antd';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useClient } from 'urql';
import { useT } from '../app/i18n';
import { faultMessage, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type CounterWorkerFragment,
  LookUpWorkerDocument,
  ReadIdCardDocument,
  type ReadIdCardQuery,
} from '../gql/graphql';
import { readTyped } from './typed';

export type Card = NonNullable<ReadIdCardQuery['readIdCard']>;
/** What the form of a new worker begins with. */
export interface Prefill {
  name?: string;
  idNumber?: string;
  phone?: string;
  county?: string;
  fromCard: boolean;
}

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
  const client = useClient();
  const [lookUp] = useAction(LookUpWorkerDocument);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  const fail = (message: string) => {
    setWrong(message);
    box.current?.focus();
  };

  const known = async (given: { phone?: string; idNumber?: string }, prefill: Prefill) => {
    if (!can('worker.look_up')) return opens(prefill);
    const outcome = await lookUp({ marketId, phone: given.phone ?? null, idNumber: given.idNumber ?? null });
    if (outcome.kind === 'done') {
      setText('');
      return onFound(outcome.value);
    }
    if (outcome.kind === 'refused' && outcome.code === 'NOT_REGISTERED') return opens(prefill);
    fail(outcome.message);
  };

  const opens = (prefill: Prefill) => {
    if (!can('worker.register')) return fail(t('counter.notKnown'));
    setText('');
    onNew(prefill);
  };

  const readCard = async (read: string) => {
    const { data, error } = await client
      .query(ReadIdCardDocument, { text: read }, { requestPolicy: 'network-only' })
      .toPromise();
    if (error) return fail(faultMessage(error));
    const card = data?.readIdCard;
    if (!card) return fail(t('counter.noCard'));
    const prefill: Prefill = {
      fromCard: true,
      ...(card.name ? { name: card.name } : {}),
      ...(card.idNumber ? { idNumber: card.idNumber } : {}),
      ...(card.county ? { county: card.county } : {}),
    };
    if (!card.idNumber) return opens(prefill);
    await known({ idNumber: card.idNumber }, prefill);
  };

  const find = async (value: string) => {
    const typed = readTyped(value);
    if (typed.kind === 'nothing') return fail(t('counter.findEmpty'));
    if (typed.kind === 'unknown') return fail(t('counter.findWrong'));
    setBusy(true);
    setWrong(null);
    if (typed.kind === 'card') await readCard(typed.text);
    else if (typed.kind === 'phone') await known({ phone: typed.phone }, { phone: typed.phone, fromCard: false });
    else await known({ idNumber: typed.idNumber }, { idNumber: typed.idNumber, fromCard: false });
    setBusy(false);
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
