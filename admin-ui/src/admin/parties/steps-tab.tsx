import { Form, Input } from 'antd';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type PartyKind,
  type PartyStep,
  type PartyWholeFragment,
  RecordVerificationStepDocument,
  type VerificationStepInput,
} from '../gql/graphql';
import { Chip } from '../kit/chip';
import { TermSelect } from '../kit/choice';
import { PaperField, useFile } from '../kit/file';
import { FormDialog } from '../kit/form';
import { today, useFormat } from '../kit/format';
import { PartList } from '../kit/parts';
import { useRequired } from '../kit/rules';
import type { PartyTabProps } from './detail';
import { OpenEvidence } from './evidence';
import { isPerson } from './fields';

type Step = NonNullable<PartyWholeFragment['steps']>[number];
const STEPS: readonly PartyStep[] = [
  'USCC_CHECKED',
  'LICENCE_SEEN',
  'IDENTITY_SEEN',
  'AGENT_AUTHORISED',
  'SITE_VISITED',
];

/** The steps that a kind of party has: a person has neither code nor licence, and sends nobody. */
export const stepsOf = (kind: PartyKind) =>
  STEPS.filter((step) => !isPerson(kind) || step === 'IDENTITY_SEEN' || step === 'SITE_VISITED');
/** Of a licence and of an authorisation the paper itself is kept; an identity card is looked at and given back. */
const KEPT: readonly PartyStep[] = ['LICENCE_SEEN', 'AGENT_AUTHORISED'];

/** What was looked at before a party counts as verified: what, when, with which result, and the paper. */
export function StepsTab({ party, refetch }: PartyTabProps) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const may = can('party.check') && party.status !== 'CLOSED';
  return (
    <PartList<Step>
      title={t('parties.tab.steps')}
      lead={<p className="soft">{t('steps.lead')}</p>}
      rows={party.steps ?? []}
      empty={t('steps.none')}
      nameOf={(row) => term('partyStep', row.step)}
      addText={t('steps.record')}
      canEdit={false}
      refetch={refetch}
      dialog={may ? (_, close) => <StepDialog party={party} onClose={close} refetch={refetch} /> : undefined}
      columns={[
        { title: t('steps.step'), render: (_, s) => term('partyStep', s.step) },
        {
          title: t('steps.result'),
          render: (_, s) => (
            <div className="chips">
              <Chip tone={s.result === 'PASSED' ? 'good' : 'bad'}>{term('partyStepResult', s.result)}</Chip>
              {s.counts ? null : <Chip>{t('steps.noMore')}</Chip>}
            </div>
          ),
        },
        { title: t('steps.madeOn'), className: 'nowrap', render: (_, s) => format.date(s.madeOn) },
        { title: t('steps.recordedAt'), className: 'nowrap', render: (_, s) => format.dateTime(s.recordedAt) },
        { title: t('steps.verifiedBy'), className: 'nowrap', render: (_, s) => s.verifiedBy?.name ?? '—' },
        { title: t('steps.note'), render: (_, s) => s.note ?? '—' },
        {
          title: t('steps.evidence'),
          render: (_, s) => (s.hasEvidence ? <OpenEvidence of={s.id} name={term('partyStep', s.step)} /> : '—'),
        },
      ]}
    />
  );
}

type Values = Omit<VerificationStepInput, 'evidence'>;

function StepDialog({
  party,
  onClose,
  refetch,
}: {
  party: PartyWholeFragment;
  onClose: () => void;
  refetch: () => void;
}) {
  const t = useT();
  const [record] = useAction(RecordVerificationStepDocument);
  const { setFile, send } = useFile('PARTY_EVIDENCE');
  const first = party.missingSteps?.[0];
  return (
    <FormDialog<Values>
      name="step"
      title={t('steps.record')}
      initial={{ ...(first ? { step: first } : {}), result: 'PASSED', madeOn: today() }}
      onClose={onClose}
      onDone={refetch}
      onSubmit={async ({ step, result, madeOn, note }) => {
        const paper = await send();
        if (paper.kind !== 'done') return paper;
        return record({
          partyId: party.id,
          input: { step, result, madeOn: madeOn || null, note: note?.trim() || null, evidence: paper.value.id },
        });
      }}
    >
      <StepFields kind={party.kind} onFile={setFile} />
    </FormDialog>
  );
}

function StepFields({ kind, onFile }: { kind: PartyKind; onFile: (file: File | null) => void }) {
  const t = useT();
  const required = useRequired();
  const step = Form.useWatch('step') as PartyStep | undefined;
  const failed = Form.useWatch('result') === 'FAILED';
  return (
    <>
      <Form.Item name="step" label={t('steps.step')} rules={required(t('steps.step'))}>
        <TermSelect group="partyStep" values={stepsOf(kind)} />
      </Form.Item>
      <Form.Item name="result" label={t('steps.result')}>
        <TermSelect group="partyStepResult" values={['PASSED', 'FAILED']} />
      </Form.Item>
      <Form.Item name="madeOn" label={t('steps.madeOn')}>
        <Input type="date" max={today()} />
      </Form.Item>
      <Form.Item
        name="note"
        label={t('steps.note')}
        extra={failed ? t('steps.noteHint') : null}
        rules={failed ? required(t('steps.note')) : []}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <PaperField
        id="step_evidence"
        label={t('steps.evidence')}
        hint={t(step && KEPT.includes(step) ? 'steps.evidenceNeeded' : 'steps.evidenceHint')}
        onChoose={onFile}
      />
    </>
  );
}
