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
  const keys = useReaderKeys({
    find: (value) => void find(value),
    endLine: () => setText((before) => `${before}\n`),
  });

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
          onChange={(e) => setText(e.target.value)}
          onKeyDown={keys}
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

interface ReaderKeys {
  find: (text: string) => void;
  endLine: () => void;
}

/** Enter looks up, unless a reader goes on typing: then it is the end of one of its lines. */
function useReaderKeys(acts: ReaderKeys) {
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  const now = useRef(acts);
  now.current = acts;
  useEffect(() => () => clearTimeout(waiting.current ?? undefined), []);
  return (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const field = event.currentTarget;
    if (waiting.current) {
      clearTimeout(waiting.current);
      waiting.current = null;
      now.current.endLine();
    }
    if (event.key !== 'Enter') return;
    event.preventDefault();
    waiting.current = setTimeout(() => {
      waiting.current = null;
      now.current.find(field.value);
    }, READER_MS);
  };
}
