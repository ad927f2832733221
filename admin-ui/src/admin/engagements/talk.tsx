import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { SendMessageDocument, TalkDocument } from '../gql/graphql';
import { useFormat } from '../kit/format';
import { Paged } from '../kit/paged';
import { usePages } from '../kit/pager';
import { Nothing } from '../kit/state';

const PAGE = 50;
const MOST = 500;

/** What the two sides wrote to each other; numbers stay hidden until the hire is confirmed. The staff passes messages on. */
export function Talk({ engagementId }: { engagementId: string }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const pages = usePages(engagementId);
  const query = useQuery({ query: TalkDocument, variables: { engagementId, first: PAGE, after: pages.after } });
  return (
    <section className="card" aria-labelledby="talk-title">
      <h2 id="talk-title">{t('talk.title')}</h2>
      <p className="soft">{t('talk.lead')}</p>
      <Paged query={query} pages={pages} of={(data) => data.messages}>
        {(rows) =>
          rows.length ? (
            <ol className="talk">
              {rows.map((m) => (
                <li key={m.id} className={m.side.toLowerCase()}>
                  <span className="soft">
                    {term('side', m.side)} <time dateTime={m.at}>{format.dateTime(m.at)}</time>
                    {m.readAt ? ` · ${t('talk.read')}` : ''}
                  </span>
                  <p>{m.text}</p>
                </li>
              ))}
            </ol>
          ) : (
            <Nothing text={t('talk.none')} />
          )
        }
      </Paged>
      {can('engagement.talk') ? (
        <Send engagementId={engagementId} onSent={() => query[1]({ requestPolicy: 'network-only' })} />
      ) : null}
    </section>
  );
}

function Send({ engagementId, onSent }: { engagementId: string; onSent: () => void }) {
  const t = useT();
  const id = useId();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [send, busy] = useAction(SendMessageDocument);
  const run = async () => {
    if (!text.trim()) return setWrong(t('form.required', { field: t('talk.text') }));
    const outcome = await send({ id: engagementId, text: text.trim() });
    if (outcome.kind !== 'done') return setWrong(outcome.message);
    setWrong(null);
    setText('');
    onSent();
  };
  return (
    <div className="labelled">
      <label htmlFor={id}>{t('talk.text')}</label>
      <Input.TextArea
        id={id}
        rows={2}
        maxLength={MOST}
        value={text}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-wrong`}
        onChange={(e) => setText(e.target.value)}
      />
      <p id={`${id}-wrong`} className="issue" role="alert">
        {wrong}
      </p>
      <Button loading={busy} onClick={() => void run()}>
        {t('talk.send')}
      </Button>
    </div>
  );
}
