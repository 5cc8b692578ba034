import actAllLines from '@salesforce/label/c.OMS_Act_All_Lines';
import actAsk from '@salesforce/label/c.OMS_Act_Ask';
import actAsked from '@salesforce/label/c.OMS_Act_Asked';
import actBack from '@salesforce/label/c.OMS_Act_Back';
import actCancel from '@salesforce/label/c.OMS_Act_Cancel';
import actHold from '@salesforce/label/c.OMS_Act_Hold';
import actLine from '@salesforce/label/c.OMS_Act_Line';
import actLocation from '@salesforce/label/c.OMS_Act_Location';
import actQuantity from '@salesforce/label/c.OMS_Act_Quantity';
import actReason from '@salesforce/label/c.OMS_Act_Reason';
import actRelease from '@salesforce/label/c.OMS_Act_Release';
import actReroute from '@salesforce/label/c.OMS_Act_Reroute';
import actions from '@salesforce/label/c.OMS_Actions';
import ageDays from '@salesforce/label/c.OMS_Age_Days';
import ageHours from '@salesforce/label/c.OMS_Age_Hours';
import ageMinutes from '@salesforce/label/c.OMS_Age_Minutes';
import ageSeconds from '@salesforce/label/c.OMS_Age_Seconds';
import asOf from '@salesforce/label/c.OMS_As_Of';
import askProgress from '@salesforce/label/c.OMS_Ask_Progress';
import askedBy from '@salesforce/label/c.OMS_Asked_By';
import attention from '@salesforce/label/c.OMS_Attention';
import authorizedUntil from '@salesforce/label/c.OMS_Authorized_Until';
import cancelCancelled from '@salesforce/label/c.OMS_Cancel_Cancelled';
import cancelFailed from '@salesforce/label/c.OMS_Cancel_Failed';
import cancelPartlyCancelled from '@salesforce/label/c.OMS_Cancel_Partly_Cancelled';
import cancelRequested from '@salesforce/label/c.OMS_Cancel_Requested';
import comingBack from '@salesforce/label/c.OMS_Coming_Back';
import deliveredAt from '@salesforce/label/c.OMS_Delivered_At';
import exchangeNumber from '@salesforce/label/c.OMS_Exchange_Number';
import expectedAt from '@salesforce/label/c.OMS_Expected_At';
import from from '@salesforce/label/c.OMS_From';
import history from '@salesforce/label/c.OMS_History';
import item from '@salesforce/label/c.OMS_Item';
import late from '@salesforce/label/c.OMS_Late';
import lineStep from '@salesforce/label/c.OMS_Line_Step';
import lineTrouble from '@salesforce/label/c.OMS_Line_Trouble';
import lines from '@salesforce/label/c.OMS_Lines';
import live from '@salesforce/label/c.OMS_Live';
import loading from '@salesforce/label/c.OMS_Loading';
import neverTold from '@salesforce/label/c.OMS_Never_Told';
import noHistory from '@salesforce/label/c.OMS_No_History';
import noParcels from '@salesforce/label/c.OMS_No_Parcels';
import notLive from '@salesforce/label/c.OMS_Not_Live';
import offHold from '@salesforce/label/c.OMS_Off_Hold';
import onHold from '@salesforce/label/c.OMS_On_Hold';
import onHoldFor from '@salesforce/label/c.OMS_On_Hold_For';
import orderNumber from '@salesforce/label/c.OMS_Order_Number';
import ordered from '@salesforce/label/c.OMS_Ordered';
import parcel from '@salesforce/label/c.OMS_Parcel';
import parcels from '@salesforce/label/c.OMS_Parcels';
import partly from '@salesforce/label/c.OMS_Partly';
import pickupCalledOff from '@salesforce/label/c.OMS_Pickup_Called_Off';
import pickupExpired from '@salesforce/label/c.OMS_Pickup_Expired';
import pickupPartlyPickedUp from '@salesforce/label/c.OMS_Pickup_Partly_Picked_Up';
import pickupPickedUp from '@salesforce/label/c.OMS_Pickup_Picked_Up';
import pickupPreparing from '@salesforce/label/c.OMS_Pickup_Preparing';
import pickupReady from '@salesforce/label/c.OMS_Pickup_Ready';
import pickupRestExpired from '@salesforce/label/c.OMS_Pickup_Rest_Expired';
import pickupUntil from '@salesforce/label/c.OMS_Pickup_Until';
import progressAccepted from '@salesforce/label/c.OMS_Progress_Accepted';
import progressParked from '@salesforce/label/c.OMS_Progress_Parked';
import progressReceived from '@salesforce/label/c.OMS_Progress_Received';
import progressSubmitted from '@salesforce/label/c.OMS_Progress_Submitted';
import progressUnknown from '@salesforce/label/c.OMS_Progress_Unknown';
import promised from '@salesforce/label/c.OMS_Promised';
import promisedBy from '@salesforce/label/c.OMS_Promised_By';
import promisedFor from '@salesforce/label/c.OMS_Promised_For';
import reason from '@salesforce/label/c.OMS_Reason';
import refresh from '@salesforce/label/c.OMS_Refresh';
import refunded from '@salesforce/label/c.OMS_Refunded';
import requests from '@salesforce/label/c.OMS_Requests';
import returnNumber from '@salesforce/label/c.OMS_Return_Number';
import returns from '@salesforce/label/c.OMS_Returns';
import shippedAt from '@salesforce/label/c.OMS_Shipped_At';
import stageAllocated from '@salesforce/label/c.OMS_Stage_Allocated';
import stageBackOrdered from '@salesforce/label/c.OMS_Stage_Back_Ordered';
import stageCancelled from '@salesforce/label/c.OMS_Stage_Cancelled';
import stageDelivered from '@salesforce/label/c.OMS_Stage_Delivered';
import stageInProcess from '@salesforce/label/c.OMS_Stage_In_Process';
import stageOpen from '@salesforce/label/c.OMS_Stage_Open';
import stagePacked from '@salesforce/label/c.OMS_Stage_Packed';
import stagePendingReturn from '@salesforce/label/c.OMS_Stage_Pending_Return';
import stagePicked from '@salesforce/label/c.OMS_Stage_Picked';
import stageReleased from '@salesforce/label/c.OMS_Stage_Released';
import stageReturned from '@salesforce/label/c.OMS_Stage_Returned';
import stageShipped from '@salesforce/label/c.OMS_Stage_Shipped';
import stageSubmitted from '@salesforce/label/c.OMS_Stage_Submitted';
import statusAccepted from '@salesforce/label/c.OMS_Status_Accepted';
import statusConfirmed from '@salesforce/label/c.OMS_Status_Confirmed';
import statusRefused from '@salesforce/label/c.OMS_Status_Refused';
import statusRequested from '@salesforce/label/c.OMS_Status_Requested';
import strip from '@salesforce/label/c.OMS_Strip';
import substitutes from '@salesforce/label/c.OMS_Substitutes';
import times from '@salesforce/label/c.OMS_Times';
import title from '@salesforce/label/c.OMS_Title';
import track from '@salesforce/label/c.OMS_Track';
import unitsOf from '@salesforce/label/c.OMS_Units_Of';
import where from '@salesforce/label/c.OMS_Where';
import wholeHistory from '@salesforce/label/c.OMS_Whole_History';

/** Every text of the panel, as custom labels: translated in the org, never here. */
export const labels = {
  actAllLines,
  actAsk,
  actAsked,
  actBack,
  actCancel,
  actHold,
  actLine,
  actLocation,
  actQuantity,
  actReason,
  actRelease,
  actReroute,
  actions,
  ageDays,
  ageHours,
  ageMinutes,
  ageSeconds,
  asOf,
  askProgress,
  askedBy,
  attention,
  authorizedUntil,
  cancelCancelled,
  cancelFailed,
  cancelPartlyCancelled,
  cancelRequested,
  comingBack,
  deliveredAt,
  exchangeNumber,
  expectedAt,
  from,
  history,
  item,
  late,
  lineStep,
  lineTrouble,
  lines,
  live,
  loading,
  neverTold,
  noHistory,
  noParcels,
  notLive,
  offHold,
  onHold,
  onHoldFor,
  orderNumber,
  ordered,
  parcel,
  parcels,
  partly,
  pickupCalledOff,
  pickupExpired,
  pickupPartlyPickedUp,
  pickupPickedUp,
  pickupPreparing,
  pickupReady,
  pickupRestExpired,
  pickupUntil,
  progressAccepted,
  progressParked,
  progressReceived,
  progressSubmitted,
  progressUnknown,
  promised,
  promisedBy,
  promisedFor,
  reason,
  refresh,
  refunded,
  requests,
  returnNumber,
  returns,
  shippedAt,
  stageAllocated,
  stageBackOrdered,
  stageCancelled,
  stageDelivered,
  stageInProcess,
  stageOpen,
  stagePacked,
  stagePendingReturn,
  stagePicked,
  stageReleased,
  stageReturned,
  stageShipped,
  stageSubmitted,
  statusAccepted,
  statusConfirmed,
  statusRefused,
  statusRequested,
  strip,
  substitutes,
  times,
  title,
  track,
  unitsOf,
  where,
  wholeHistory,
};

/** Fills `{0}`, `{1}` … */
export function filled(text, ...values) {
  return text.replace(/\{(\d+)\}/g, (_, index) => values[index] ?? '');
}
