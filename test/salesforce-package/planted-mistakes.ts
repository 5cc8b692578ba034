const controller = 'classes/OrderStatusController.cls';

/** A step of the check, what is planted, where, and what the step must say of it. */
export const plantedMistakes = [
  [
    'apex',
    'Apex that does not parse',
    { file: controller, of: 'LIMIT 20\n', instead: 'LIMIT\n' },
    /OrderStatusController: 1\d\d:\d+ /,
  ],
  [
    'apex',
    'a field of a query',
    { file: controller, of: 'Tracking_Url__c', instead: 'Tracking_Link__c' },
    /OMS_Shipment__c has no field Tracking_Link__c/,
  ],
  [
    'apex',
    'a standard field of a query',
    { file: controller, of: 'LineNumber', instead: 'LineNo' },
    /OrderItem has no field LineNo/,
  ],
  [
    'apex',
    'a field of a condition',
    { file: controller, of: 'Shipment__r.Order__c', instead: 'Shipment__r.Parcel__c' },
    /OMS_Shipment__c has no field Parcel__c/,
  ],
  [
    'apex',
    'a field of a record',
    { file: 'classes/AgentActionController.cls', of: 'Reason__c = ', instead: 'Why__c = ' },
    /OMS_Action_Request__c has no field Why__c/,
  ],
  [
    'apex',
    'a right of agents to what they are shown',
    {
      file: 'permissionsets/OMS_Agent_View.permissionset-meta.xml',
      of: '<field>OMS_Shipment__c.Tracking_Url__c</field>',
      instead: '<field>OMS_Shipment__c.Carrier__c</field>',
    },
    /asks for OMS_Shipment__c.Tracking_Url__c, which OMS Agent: View does not show/,
  ],
  [
    'apex',
    'a label',
    { file: controller, of: 'OMS_Error_No_Order', instead: 'OMS_Error_Lost' },
    /no label OMS_Error_Lost/,
  ],
  [
    'apex',
    'a custom permission',
    { file: 'classes/AgentActionController.cls', of: "'OMS_Hold_Order'", instead: "'OMS_Hold_All'" },
    /no custom permission OMS_Hold_All/,
  ],
  [
    'lightning',
    'a field of a component',
    { file: 'lwc/omsOrder/units.js', of: 'OMS_Qty_Open__c', instead: 'OMS_Qty_New__c' },
    /no OMS_Qty_New__c/,
  ],
  [
    'lightning',
    'an Apex method',
    {
      file: 'lwc/orderActions/orderActions.js',
      of: 'AgentActionController.ask',
      instead: 'AgentActionController.beg',
    },
    /no Apex method AgentActionController.beg/,
  ],
  [
    'lightning',
    'a label of a page',
    { file: 'lwc/orderStatusPanel/orderStatusPanel.html', of: '{labels.parcels}', instead: '{labels.boxes}' },
    /no panel label boxes/,
  ],
  [
    'manifest',
    'a file of no component',
    { file: 'classes/notes.md', of: '', instead: 'Buy tea.' },
    /notes.md belongs to no component/,
  ],
] as const;
