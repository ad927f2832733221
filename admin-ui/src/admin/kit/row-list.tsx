import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import type { ReactNode } from 'react';

interface Props {
  name: string | (string | number)[];
  /** What stands over row `n`, and on the button that takes it away. */
  title: (n: number) => string;
  removeText: (n: number) => string;
  addText: string;
  fresh: () => object;
  children: (index: number) => ReactNode;
}

/** Rows of the same few fields inside a form: telephone numbers, opening hours, indicators, milestones. */
export function RowList({ name, title, removeText, addText, fresh, children }: Props) {
  return (
    <Form.List name={name}>
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name: index }) => (
            <fieldset key={key} className="hours-row">
              <legend>{title(index + 1)}</legend>
              {children(index)}
              <Button size="small" icon={<DeleteOutlined />} onClick={() => remove(index)}>
                {removeText(index + 1)}
              </Button>
            </fieldset>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add(fresh())}>
            {addText}
          </Button>
        </>
      )}
    </Form.List>
  );
}
