import { Select } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { DivisionChildrenDocument } from '../gql/graphql';
import { onEnter } from './next-field';

interface Props {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  /** Enter on a county that is chosen: nothing is left to do here. */
  onGoOn?: () => void;
  allowClear?: boolean;
}

/** A county of this city, by typing. */
export function CountyPicker({ id, value, onChange, onGoOn, allowClear }: Props) {
  const t = useT();
  const { viewer } = useSession();
  const [open, setOpen] = useState(false);
  const [{ data }] = useQuery({ query: DivisionChildrenDocument, variables: { parent: viewer.tenant.code } });
  return (
    <div
      onKeyDownCapture={(event) => {
        if (onGoOn && !open && value && event.key === 'Enter') onEnter(event, onGoOn);
      }}
    >
      <Select<string>
        {...(id ? { id } : {})}
        {...(value ? { value } : {})}
        {...(onChange ? { onChange } : {})}
        {...(allowClear ? { allowClear } : {})}
        open={open}
        onOpenChange={setOpen}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={allowClear ? t('choice.any') : t('counter.county')}
        options={(data?.divisions ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        style={{ width: '100%' }}
      />
    </div>
  );
}
