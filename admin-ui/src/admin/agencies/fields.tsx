import { Form, Input } from 'antd';
import { useT } from '../app/i18n';
import type { AgencyInput } from '../gql/graphql';
import { TermMulti } from '../kit/choice';
import { DivisionPicker } from '../kit/division';
import { today } from '../kit/format';
import { atLeastOne, useRequired } from '../kit/rules';

const SCOPES = [
  'JOB_INTERMEDIATION',
  'ONLINE_RECRUITMENT',
  'JOB_FAIRS',
  'EXECUTIVE_SEARCH',
  'INFORMATION',
  'GUIDANCE',
  'CONSULTING',
  'ASSESSMENT',
  'TRAINING',
  'OUTSOURCING',
] as const;

/** What an agency is, as its licence says. */
export function AgencyFields() {
  const t = useT();
  const required = useRequired();
  return (
    <>
      <Form.Item name="name" label={t('agencies.name')} rules={required(t('agencies.name'))}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="scope" label={t('agencies.scope')} rules={[atLeastOne(t('agencies.scopeMissing'))]}>
        <TermMulti group="licenceScope" values={SCOPES} />
      </Form.Item>
      <Form.Item name="issuer" label={t('agencies.issuer')} rules={required(t('agencies.issuer'))}>
        <Input maxLength={100} />
      </Form.Item>
      <div className="filter-grid">
        <Form.Item name="issuedOn" label={t('agencies.issuedOn')} rules={required(t('agencies.issuedOn'))}>
          <Input type="date" max={today()} />
        </Form.Item>
        <Form.Item name="expiresOn" label={t('agencies.expiresOn')} extra={t('agencies.expiresHint')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="uscc" label={t('agencies.uscc')}>
          <Input maxLength={18} />
        </Form.Item>
        <Form.Item name="county" label={t('agencies.county')}>
          <DivisionPicker allowClear />
        </Form.Item>
      </div>
    </>
  );
}

/** What is typed, as the API takes it. */
export const toAgencyInput = (v: Partial<AgencyInput>): AgencyInput => ({
  name: v.name?.trim() ?? '',
  scope: v.scope ?? [],
  issuer: v.issuer?.trim() ?? '',
  issuedOn: v.issuedOn ?? '',
  expiresOn: v.expiresOn || null,
  uscc: v.uscc?.trim() || null,
  county: v.county ?? null,
});
