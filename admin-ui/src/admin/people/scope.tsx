import { Form, Select } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { RolesDocument, ScopeChoicesDocument, type ScopeKind } from '../gql/graphql';
import { TermSelect } from '../kit/choice';
import { DivisionPicker } from '../kit/division';
import { useRequired } from '../kit/rules';

const SCOPES: ScopeKind[] = ['CITY', 'COUNTY', 'DEPARTMENT', 'MARKET', 'AGENCY'];
export const DEPARTMENTS = ['HRSS', 'CIVIL_AFFAIRS', 'FINANCE', 'HOUSING', 'MARKET_REGULATION'] as const;

/** A role and the scope it holds in: the whole city, a county, a department, one market, or an agency. */
export function RoleInScope() {
  const t = useT();
  const [{ data }] = useQuery({ query: RolesDocument });
  const kind = Form.useWatch('scopeKind') as ScopeKind | undefined;
  const required = useRequired();
  return (
    <>
      <Form.Item name="role" label={t('accounts.role')} rules={required(t('accounts.role'))}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={(data?.roles ?? []).map((role) => ({
            value: role.name,
            label: role.exclusiveGroup ? t('accounts.exclusive', { role: role.title }) : role.title,
          }))}
        />
      </Form.Item>
      <Form.Item name="scopeKind" label={t('accounts.scope')} rules={required(t('accounts.scope'))}>
        <TermSelect group="scope" values={SCOPES} />
      </Form.Item>
      {kind && kind !== 'CITY' ? (
        <Form.Item
          name="scopeKey"
          label={t(`accounts.scopeKey.${kind}`)}
          rules={required(t(`accounts.scopeKey.${kind}`))}
        >
          {kind === 'COUNTY' ? (
            <DivisionPicker />
          ) : kind === 'DEPARTMENT' ? (
            <TermSelect group="department" values={DEPARTMENTS} />
          ) : (
            <ObjectPicker key={kind} kind={kind} />
          )}
        </Form.Item>
      ) : null}
    </>
  );
}

interface ObjectPickerProps {
  kind: ScopeKind;
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
}

/** A market or an agency by a part of its name: whoever gives roles need not see the markets themselves. */
function ObjectPicker({ kind, id, value, onChange }: ObjectPickerProps) {
  const [search, setSearch] = useState('');
  const [{ data, fetching }] = useQuery({ query: ScopeChoicesDocument, variables: { kind, search: search || null } });
  return (
    <Select<string>
      {...(id ? { id } : {})}
      {...(value ? { value } : {})}
      {...(onChange ? { onChange } : {})}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      loading={fetching}
      options={(data?.scopeChoices ?? []).map((choice) => ({ value: choice.key, label: choice.label }))}
    />
  );
}
