trigger OrderRequestTold on OMS_Action_Request__c (after insert, after update) {
    Set<Id> orders = new Set<Id>();
    for (OMS_Action_Request__c one : Trigger.new) {
        orders.add(one.Order__c);
    }
    OrderUpdates.tell(orders, 'request');
}
