import { Form, Input, Radio } from 'antd';
import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { Act, type Outcome, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { ConsentFields, type ConsentValues, takeConsent } from '../counter/consent';
import {
  type DifficultyInput,
  type DifficultyKind,
  RecordDifficultyDocument,
  WithdrawConsentDocument,
} from '../gql/graphql';
import { sendFile } from '../imports/upload';
import { Chip } from '../kit/chip';
import { TermSelect } from '../kit/choice';
import { ConfirmButton } from '../kit/confirm';
import { useTell } from '../kit/feedback';
import { PaperItem } from '../kit/file';
import { FormDialog } from '../kit/form';
import { today, useFormat } from '../kit/format';
import { PartList } from '../kit/parts';
import { useRequired } from '../kit/rules';
import type { WorkerOne, WorkerProps } from './detail';

type Row = NonNullable<WorkerOne['difficulties']>[number] & { id: string };

const KINDS: readonly DifficultyKind[] = [
  'OLDER_UNEMPLOYED',
  'LONG_TERM_UNEMPLOYED',
  'ZERO_EMPLOYMENT_HOUSEHOLD',
  'DISABLED',
  'MINIMUM_LIVING',
  'LOW_INCOME',
  'LAND_EXPROPRIATED',
  'GRADUATE',
  'VETERAN',
  'OTHER',
];

/** Hardship (困难情形): seen only by whoever may, each line resting on a consent of its own. */
export function Difficulties({ worker, refetch }: WorkerProps) {
  const t = useT();
  const term = useTerm();
  const tell = useTell();
  const format = useFormat();
  const { can } = useSession();
  const [withdraw] = useAction(WithdrawConsentDocument);
  if (!worker.difficulties) return null;
  const rows = worker.difficulties.map((one) => ({ ...one, id: one.consentId }));
  return (
    <PartList<Row>
      title={t('workers.difficulties')}
      lead={<p className="soft">{t('workers.difficultyLead')}</p>}
      rows={rows}
      empty={t('workers.noDifficulties')}
      nameOf={(row) => term('difficulty', row.kind)}
      addText={t('workers.addDifficulty')}
      canEdit={false}
      refetch={refetch}
      dialog={
        can('worker.difficulty') && worker.status === 'ACTIVE'
          ? (_, close) => <Add worker={worker} close={close} refetch={refetch} />
          : undefined
      }
      columns={[
        { title: t('workers.difficultyKind'), render: (_, r) => term('difficulty', r.kind) },
        {
          title: t('workers.basis'),
          render: (_, r) => (
            <>
              {term('difficultyBasis', r.basis)} {r.hasEvidence ? <Chip>{t('workers.hasEvidence')}</Chip> : null}
              <div className="soft">
                {[r.certifiedBy, r.certifiedOn ? format.date(r.certifiedOn) : ''].filter(Boolean).join(' · ')}
              </div>
            </>
          ),
        },
        { title: t('workers.validUntil'), render: (_, r) => format.date(r.validUntil) },
        {
          title: t('workers.withdrawConsent'),
          render: (_, r) =>
            can('consent.withdraw') ? (
              <ConfirmButton
                ask={t('workers.withdrawAsk')}
                text={t('workers.withdrawConsent')}
                label={t('workers.withdrawOne', { kind: term('difficulty', r.kind) })}
                onConfirm={async () => {
                  tell(await withdraw({ id: r.consentId }), t('workers.withdrawn'));
                  refetch();
                }}
              />
            ) : null,
        },
      ]}
    />
  );
}

interface Values extends ConsentValues, Omit<DifficultyInput, 'consent' | 'evidence'> {
  proof?: File | null;
}

function Add({ worker, close, refetch }: { worker: WorkerOne; close: () => void; refetch: () => void }) {
  const t = useT();
  const client = useClient();
  const act = useRef(new Act());
  const [record] = useAction(RecordDifficultyDocument);
  const submit = async (values: Values): Promise<Outcome<unknown>> => {
    const consent = await takeConsent(client, values, act.current);
    if (consent.kind !== 'done') return consent;
    const proof = values.proof ? await sendFile(client, values.proof, 'PERSON_PAPER', act.current) : null;
    if (proof && proof.kind !== 'done') return proof;
    const certified = values.basis === 'CERTIFIED';
    return record({
      workerId: worker.id,
      input: {
        kind: values.kind,
        basis: values.basis,
        certifiedBy: certified ? values.certifiedBy?.trim() || null : null,
        certifiedOn: certified ? values.certifiedOn || null : null,
        validUntil: values.validUntil || null,
        evidence: proof?.value.id ?? null,
        consent: consent.value,
      },
    });
  };
  return (
    <FormDialog<Values>
      name="difficulty"
      width={680}
      title={t('workers.addDifficulty')}
      initial={{ basis: 'DECLARED', how: worker.phoneMasked ? 'PHONE_CODE' : 'SIGNED_PAPER' }}
      onClose={close}
      onDone={refetch}
      onSubmit={submit}
    >
      <Kind />
      <Consent worker={worker} />
    </FormDialog>
  );
}

function Kind() {
  const t = useT();
  const required = useRequired();
  const form = Form.useFormInstance<Values>();
  const certified = Form.useWatch('basis', form) === 'CERTIFIED';
  return (
    <>
      <Form.Item name="kind" label={t('workers.difficultyKind')} rules={required(t('workers.difficultyKind'))}>
        <TermSelect group="difficulty" values={KINDS} />
      </Form.Item>
      <Form.Item name="basis" label={t('workers.basis')}>
        <Basis />
      </Form.Item>
      {certified ? (
        <div className="filter-grid">
          <Form.Item name="certifiedBy" label={t('workers.certifiedBy')} rules={required(t('workers.certifiedBy'))}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="certifiedOn" label={t('workers.certifiedOn')} rules={required(t('workers.certifiedOn'))}>
            <Input type="date" max={today()} />
          </Form.Item>
        </div>
      ) : null}
      <Form.Item name="validUntil" label={t('workers.validUntil')}>
        <Input type="date" min={today()} />
      </Form.Item>
      <PaperItem name="proof" label={t('workers.evidence')} hint={t('counter.paperHint')} />
    </>
  );
}

function Basis(field: { id?: string; value?: string; onChange?: (event: unknown) => void }) {
  const term = useTerm();
  return (
    <Radio.Group
      {...field}
      options={['DECLARED', 'CERTIFIED'].map((value) => ({ value, label: term('difficultyBasis', value) }))}
    />
  );
}

/** The person's own number is asked for once more: it is not shown whole to whoever sends a code to it. */
function Consent({ worker }: { worker: WorkerOne }) {
  const t = useT();
  const form = Form.useFormInstance<Values>();
  const how = Form.useWatch('how', form);
  const [wrong, setWrong] = useState<string | null>(null);
  return (
    <>
      {how === 'PHONE_CODE' ? (
        <Form.Item name="phone" label={t('counter.phone')} extra={worker.phoneMasked}>
          <Input maxLength={20} autoComplete="off" inputMode="tel" />
        </Form.Item>
      ) : null}
      <ConsentFields
        name="difficulty"
        at={{ workerId: worker.id }}
        next={() => {}}
        onSent={() => setWrong(null)}
        onProblems={(problems) => setWrong(problems[0]?.message ?? null)}
      />
      <p className="issue" role="alert">
        {wrong}
      </p>
    </>
  );
}
