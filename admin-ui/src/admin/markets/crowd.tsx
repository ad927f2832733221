import { Button, Form, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { type CrowdLevel, ReportCrowdDocument } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useTell } from '../kit/feedback';
import { problemsOf } from '../kit/form';
import { useFormat } from '../kit/format';
import { ErrorSummary, type Problem } from '../kit/summary';
import type { TabProps } from './tabs/props';

const CROWD_TONES = { NORMAL: 'good', BUSY: 'warn', FULL: 'bad' } as const;
const LEVELS: CrowdLevel[] = ['NORMAL', 'BUSY', 'FULL'];
/** As the server has it where nothing is said. */
const USUAL = 60;
const FORM = 'crowd';

/** How full it is (拥挤程度): what the public reads now, and, for staff, what it shall read for the next while. */
export function CrowdCard({ market, refetch }: TabProps) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  if (market.status !== 'LISTED') return null;
  const { crowd } = market;
  return (
    <section className="card" aria-labelledby="crowd-title">
      <h2 id="crowd-title">{t('crowd.title')}</h2>
      <p role="status">
        {crowd ? (
          <>
            <Chip tone={CROWD_TONES[crowd.level]}>{term('crowd', crowd.level)}</Chip>{' '}
            {t('crowd.until', { at: format.dateTime(crowd.expiresAt) })}
          </>
        ) : (
          t('crowd.none')
        )}
      </p>
      {can('market.crowd') ? <Report market={market} refetch={refetch} /> : null}
    </section>
  );
}

function Report({ market, refetch }: TabProps) {
  const t = useT();
  const term = useTerm();
  const tell = useTell();
  const [form] = Form.useForm<{ level: CrowdLevel; minutes: number | null }>();
  const [report, busy] = useAction(ReportCrowdDocument);
  const [problems, setProblems] = useState<Problem[]>([]);
  const send = async ({ level, minutes }: { level: CrowdLevel; minutes: number | null }) => {
    setProblems([]);
    const outcome = await report({ marketId: market.id, level, minutes: minutes ?? null });
    if (outcome.kind === 'done') {
      tell(outcome, t('crowd.reported'));
      refetch();
    } else setProblems(problemsOf(outcome, FORM, form));
  };
  return (
    <>
      <ErrorSummary problems={problems} />
      <Form
        form={form}
        name={FORM}
        layout="vertical"
        requiredMark={false}
        initialValues={{ level: market.crowd?.level ?? 'NORMAL', minutes: USUAL }}
        onFinish={(values) => void send(values)}
      >
        <Form.Item name="level" label={t('crowd.level')}>
          <Radio.Group options={LEVELS.map((value) => ({ value, label: term('crowd', value) }))} />
        </Form.Item>
        <Form.Item name="minutes" label={t('crowd.minutes')} extra={t('crowd.minutesHint')}>
          <InputNumber min={10} max={480} step={10} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Button htmlType="submit" loading={busy}>
          {t('crowd.report')}
        </Button>
      </Form>
    </>
  );
}
