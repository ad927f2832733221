import { Button, Form, Input, Radio, Select } from 'antd';
import { useEffect, useState } from 'react';
import { type Client, useQuery } from 'urql';
import { useT } from '../app/i18n';
import { type Act, type Outcome, useAction } from '../app/outcome';
import { type ConsentInput, CounterNoticeDocument, SendConsentCodeDocument, WitnessesDocument } from '../gql/graphql';
import { sendFile } from '../imports/upload';
import { PaperItem } from '../kit/file';
import { problemsOf } from '../kit/form';
import { useRequired } from '../kit/rules';
import { Loaded } from '../kit/state';
import type { Problem } from '../kit/summary';
import { onEnter } from './next-field';
import { NoticeText } from './notice';
import { isMobile, isWhole } from './typed';

export type ConsentHow = 'PHONE_CODE' | 'SIGNED_PAPER' | 'SPOKEN';

const WAYS: ConsentHow[] = ['PHONE_CODE', 'SIGNED_PAPER', 'SPOKEN'];

export interface ConsentValues {
  how: ConsentHow;
  noticeVersion: string;
  phone?: string;
  code?: string;
  paper?: File | null;
  witness?: string;
}

/** The consent as the server takes it; a signed paper is sent first. */
export async function takeConsent(client: Client, values: ConsentValues, act: Act): Promise<Outcome<ConsentInput>> {
  const { how, noticeVersion, code, witness } = values;
  const base = { how, noticeVersion, code: null, paper: null, witness: null };
  if (how === 'PHONE_CODE') return { kind: 'done', value: { ...base, code: code?.trim() ?? null } };
  if (how === 'SPOKEN') return { kind: 'done', value: { ...base, witness: witness ?? null } };
  const file = values.paper;
  if (!file) return { kind: 'done', value: base };
  const sent = await sendFile(client, file, 'PERSON_PAPER', act);
  if (sent.kind !== 'done') return sent.kind === 'refused' ? { ...sent, field: 'paper' } : sent;
  return { kind: 'done', value: { ...base, paper: sent.value.id } };
}

interface Props {
  /** What the form around them is called. */
  name: string;
  /** To what somebody consents: to a registration at a market or else in the county of the form, or to hardship of a worker. */
  at: { marketId?: string | null; workerId?: string };
  next: () => void;
  onSent: () => void;
  onProblems: (problems: Problem[]) => void;
}

/** The privacy notice, and what the consent after it rests on: a code to the person's own telephone, a signed paper, a witness. */
export function ConsentFields(props: Props) {
  const t = useT();
  const query = useQuery({ query: CounterNoticeDocument });
  return (
    <fieldset className="hours-row">
      <legend>{t('counter.consent')}</legend>
      <Loaded query={query}>
        {({ privacyNotice: notice }) =>
          notice ? (
            <>
              <details className="more">
                <summary>{t('counter.notice', { version: notice.version })}</summary>
                <NoticeText text={notice.text} />
              </details>
              <Form.Item name="noticeVersion" initialValue={notice.version} hidden>
                <Input />
              </Form.Item>
              <How {...props} />
            </>
          ) : null
        }
      </Loaded>
    </fieldset>
  );
}

function How(props: Props) {
  const t = useT();
  const form = Form.useFormInstance<ConsentValues>();
  const how: ConsentHow = Form.useWatch('how', form) ?? 'PHONE_CODE';
  const phone: string | undefined = Form.useWatch('phone', form);
  // Whoever has no telephone gets no code.
  const none = /^(无|none)$/i.test((phone ?? '').trim());
  useEffect(() => {
    if (none) form.setFieldValue('how', 'SIGNED_PAPER');
  }, [none, form]);
  return (
    <>
      <Form.Item name="how" label={t('counter.how')}>
        <Radio.Group options={WAYS.map((value) => ({ value, label: t(`counter.how.${value}`) }))} />
      </Form.Item>
      {how === 'PHONE_CODE' ? (
        <Code {...props} />
      ) : how === 'SIGNED_PAPER' ? (
        <PaperItem name="paper" label={t('counter.paper')} hint={t('counter.paperHint')} required />
      ) : (
        <Witness {...props} />
      )}
    </>
  );
}

/** A code goes to the number above; the person reads it out. */
function Code({ name, next, onSent, onProblems }: Props) {
  const t = useT();
  const form = Form.useFormInstance<ConsentValues>();
  const required = useRequired();
  const phone: string | undefined = Form.useWatch('phone', form);
  const [send, busy] = useAction(SendConsentCodeDocument);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const run = async () => {
    const to = (phone ?? '').trim();
    const outcome = await send({ phone: to });
    onProblems(problemsOf(outcome, name, form));
    if (outcome.kind !== 'done') return;
    onSent();
    setSentTo(to);
    document.getElementById(`${name}_code`)?.focus();
  };
  return (
    <div className="code-row">
      <Button data-stop loading={busy} disabled={!isMobile(phone)} onClick={() => void run()}>
        {t(sentTo ? 'counter.sendAgain' : 'counter.sendCode')}
      </Button>
      <Form.Item
        name="code"
        label={t('counter.code')}
        extra={sentTo ? t('counter.codeSent', { phone: sentTo }) : t('counter.codeHint')}
        rules={required(t('counter.code'))}
        data-stop
      >
        <Input
          maxLength={6}
          inputMode="numeric"
          autoComplete="off"
          style={{ maxWidth: '9em' }}
          onKeyDown={(e) => (isWhole.code(e.currentTarget.value) ? undefined : onEnter(e, next))}
          onChange={(e) => isWhole.code(e.target.value) && next()}
        />
      </Form.Item>
    </div>
  );
}

/** Another member of staff who may do the same here. */
function Witness({ at }: Props) {
  const t = useT();
  const required = useRequired();
  const county: string | undefined = Form.useWatch('county', Form.useFormInstance());
  const [search, setSearch] = useState('');
  const place = { marketId: at.marketId ?? null, workerId: at.workerId ?? null, county: county ?? null };
  const [{ data, fetching }] = useQuery({ query: WitnessesDocument, variables: { ...place, search: search || null } });
  return (
    <Form.Item
      name="witness"
      label={t('counter.witness')}
      extra={t('counter.witnessHint')}
      rules={required(t('counter.witness'))}
      data-stop
    >
      <Select<string>
        showSearch={{ filterOption: false, onSearch: setSearch }}
        loading={fetching}
        notFoundContent={fetching ? null : t('counter.noWitness')}
        options={(data?.witnesses ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  );
}
